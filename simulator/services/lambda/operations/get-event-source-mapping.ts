import type { RestOperation } from '../../../gateway/protocols.ts';
import { mappingArn, mappingConfiguration } from '../mapping-configuration.ts';
import type { LambdaParts } from '../parts.ts';

export function getEventSourceMapping({ mappings, account }: LambdaParts): RestOperation {
  return {
    name: 'GetEventSourceMapping',
    method: 'GET',
    path: '/2015-03-31/event-source-mappings/{UUID}',
    needs: ({ params: { UUID: uuid = '' } }) => [
      { action: 'lambda:GetEventSourceMapping', resource: mappingArn(uuid, account) },
    ],
    answer: ({ params: { UUID: uuid = '' } }) => mappingConfiguration(mappings.require(uuid), account),
  };
}
