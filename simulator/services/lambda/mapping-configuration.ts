import type { Account } from '../../account.ts';
import type { JsonObject } from '../../gateway/protocols.ts';
import type { EventSourceMapping } from './event-source-mappings.ts';

/** As the API answers it. */
export function mappingConfiguration(
  {
    uuid,
    functionArn,
    eventSourceArn,
    batchSize,
    changedAtMs,
    isEnabled,
    lastProcessingResult,
  }: EventSourceMapping,
  account: Account,
): JsonObject {
  return {
    UUID: uuid,
    EventSourceMappingArn: mappingArn(uuid, account),
    EventSourceArn: eventSourceArn,
    FunctionArn: functionArn,
    BatchSize: batchSize,
    LastModified: changedAtMs / 1000,
    State: isEnabled ? 'Enabled' : 'Disabled',
    StateTransitionReason: 'User action',
    ...(lastProcessingResult !== undefined && { LastProcessingResult: lastProcessingResult }),
  };
}

export function mappingArn(uuid: string, { partition, region, id }: Account): string {
  return `arn:${partition}:lambda:${region}:${id}:event-source-mapping:${uuid}`;
}
