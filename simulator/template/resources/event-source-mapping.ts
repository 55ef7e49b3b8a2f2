import type { MappingReader } from '../../services/lambda/event-source-mappings.ts';
import { uuidOf } from '../physical-name.ts';
import { parseProperties, type ResourceKind, type Stack, type StackResource } from '../resource-kind.ts';
import { TemplateError } from '../template-error.ts';
import { kinesisMapping, kinesisWork } from './kinesis-mapping.ts';
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
    const mapping = mappingOf(resource, stack);
    stack.cloud.lambda.mappings.add(described(mapping), readerOf(mapping));
  },
  update(resource, stack) {
    const mapping = mappingOf(resource, stack);
    const { mappings } = stack.cloud.lambda;
    const reader = mappings.reader(mapping.mappingId);
    if (reader?.change) {
      reader.change(kinesisWork(mapping));
      return mappings.add(described(mapping), reader);
    }
    const next = readerOf(mapping);
    reader?.stop();
    mappings.add(described(mapping), next);
  },
  remove: ({ identity }, { cloud }) => cloud.lambda.mappings.remove(identity().ref),
};

function mappingOf(resource: StackResource, stack: Stack): Mapping {
  const { where } = resource;
  const properties = parseProperties(MappingShape, resource);
  const worker = requireFunction(properties.FunctionName, stack, where);
  return { where, mappingId: resource.identity().ref, worker, properties, stack };
}

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

/** Checks everything, and returns what reads for the mapping. */
function readerOf(mapping: Mapping): MappingReader {
  const { EventSourceArn: sourceArn } = mapping.properties;
  const service = sourceArn.split(':')[2];
  if (service === 'sqs') return sqsMapping(mapping);
  if (service === 'kinesis') return kinesisMapping(mapping);
  throw new TemplateError(`${mapping.where}: the simulator does not read from ${sourceArn}`);
}
