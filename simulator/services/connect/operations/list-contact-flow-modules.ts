import type { RestOperation } from '../../../gateway/protocols.ts';
import { invalidParameter } from '../input.ts';
import { listOperation } from '../list-operation.ts';
import type { ConnectParts } from '../parts.ts';

/** The modules, by name. */
export function listContactFlowModules({ world, flows }: ConnectParts): RestOperation {
  return listOperation(world, {
    name: 'ListContactFlowModules',
    path: '/contact-flow-modules-summary/{InstanceId}',
    most: 1000,
    member: 'ContactFlowModulesSummaryList',
    items(query) {
      const state = query.get('state');
      if (state !== null && state !== 'ACTIVE' && state !== 'ARCHIVED') {
        throw invalidParameter('state must be ACTIVE or ARCHIVED.');
      }
      const listed = [
        ...flows.all().map((flow) => ({ flow, State: 'ACTIVE' })),
        ...flows.archived().map((flow) => ({ flow, State: 'ARCHIVED' })),
      ];
      return listed
        .filter(({ flow, State }) => flow.type === 'MODULE' && (state === null || state === State))
        .map(({ flow: { id, arn, name }, State }) => ({ Id: id, Arn: arn, Name: name, State }));
    },
  });
}
