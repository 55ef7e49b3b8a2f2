import { uuidOf } from '../physical-name.ts';
import { parseProperties, type ResourceKind } from '../resource-kind.ts';
import { TemplateError } from '../template-error.ts';
import { kinesisMapping } from './kinesis-mapping.ts';
import { requireFunction } from './lambda-function.ts';
import { type Mapping, MappingShape } from './mapping.ts';
import { sqsMapping } from './sqs-mapping.ts';

/**
 * AWS::Lambda::EventSourceMapping for queues and data streams. Throws TemplateError in AWS's words if AWS
 * would refuse it.
 */
export const eventSourceMapping: ResourceKind = {
  identify({ seed, account: { partition, region, id } }) {
    const mappingId = uuidOf(seed);
    const EventSourceMappingArn = `arn:${partition}:lambda:${region}:${id}:event-source-mapping:${mappingId}`;
    return { ref: mappingId, attributes: { Id: mappingId, EventSourceMappingArn } };
  },
  deploy(resource, stack) {
    const { where } = resource;
    const properties = parseProperties(MappingShape, resource);
    const mapping: Mapping = {
      where,
      mappingId: resource.identity().ref,
      worker: requireFunction(properties.FunctionName, stack, where),
      properties,
      stack,
    };
    const start = starter(mapping);
    const stop = properties.Enabled ? start() : undefined;
    stack.cloud.lambda.mappings.add(described(mapping), stop);
    if (stop) stack.onStop(stop);
  },
  remove: ({ identity }, { cloud }) => cloud.lambda.mappings.remove(identity().ref),
};

/** The mapping as the API shows it. Only mappings from streams show the result of the last batch. */
function described({ mappingId: uuid, worker, properties }: Mapping) {
  const { EventSourceArn: eventSourceArn, BatchSize, Enabled: isEnabled } = properties;
  const isQueue = eventSourceArn.split(':')[2] === 'sqs';
  return {
    uuid,
    functionArn: worker.arn,
    eventSourceArn,
    batchSize: BatchSize ?? (isQueue ? 10 : 100),
    isEnabled,
    ...(!isQueue && { lastProcessingResult: 'No records processed' }),
  };
}

/** Checks everything, and returns a function that starts the mapping. */
function starter(mapping: Mapping): () => () => void {
  const { EventSourceArn: sourceArn } = mapping.properties;
  const service = sourceArn.split(':')[2];
  if (service === 'sqs') return sqsMapping(mapping);
  if (service === 'kinesis') return kinesisMapping(mapping);
  throw new TemplateError(`${mapping.where}: the simulator does not read from ${sourceArn}`);
}
