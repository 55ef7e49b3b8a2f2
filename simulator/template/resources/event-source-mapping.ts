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
  identify({ stackName, logicalId, account: { partition, region, id } }) {
    const mappingId = uuidOf(`${stackName}/${logicalId}`);
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
    if (properties.Enabled) stack.onStop(start());
  },
};

/** Checks everything, and returns a function that starts the mapping. */
function starter(mapping: Mapping): () => () => void {
  const { EventSourceArn: sourceArn } = mapping.properties;
  const service = sourceArn.split(':')[2];
  if (service === 'sqs') return sqsMapping(mapping);
  if (service === 'kinesis') return kinesisMapping(mapping);
  throw new TemplateError(`${mapping.where}: the simulator does not read from ${sourceArn}`);
}
