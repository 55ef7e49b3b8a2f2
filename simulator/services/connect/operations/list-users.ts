import type { RestOperation } from '../../../gateway/protocols.ts';
import { LAST_MODIFIED_MS } from '../instance-defaults.ts';
import { listOperation } from '../list-operation.ts';
import type { ConnectParts } from '../parts.ts';
import { arnIn, instanceParts } from '../world.ts';

/** The agents, by user name alone. */
export function listUsers({ world }: ConnectParts): RestOperation {
  return listOperation(world, {
    name: 'ListUsers',
    path: '/users-summary/{InstanceId}',
    most: 1000,
    member: 'UserSummaryList',
    items: () =>
      world.users.map(({ id, username }) => ({
        Id: id,
        Arn: arnIn(world, 'agent', id),
        Username: username,
        LastModifiedTime: LAST_MODIFIED_MS / 1000,
        LastModifiedRegion: instanceParts(world).region,
      })),
  });
}
