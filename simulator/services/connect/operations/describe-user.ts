import type { ConnectParts } from '../parts.ts';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { permission, requireInstance, resourceNotFound } from '../input.ts';
import { arnIn, instanceParts, routingProfileOf } from '../world.ts';
import { LAST_MODIFIED_MS, SECURITY_PROFILE_ID } from '../instance-defaults.ts';

/** An agent. Names and addresses are left out if the agent has none. */
export function describeUser({ world }: ConnectParts): RestOperation {
  return {
    name: 'DescribeUser',
    method: 'GET',
    path: '/users/{InstanceId}/{UserId}',
    needs: ({ params: { InstanceId: instanceId, UserId: userId } }) => [
      permission('DescribeUser', world, { instanceId, resource: `agent/${userId}` }),
    ],
    answer({ params: { InstanceId: instanceId, UserId: userId } }) {
      requireInstance(world, instanceId);
      const user = world.users.find(({ id }) => id === userId);
      if (!user) throw resourceNotFound(`User not found: ${userId}`);
      return {
        User: {
          Id: user.id,
          Arn: arnIn(world, 'agent', user.id),
          Username: user.username,
          IdentityInfo: {
            FirstName: user.firstName,
            LastName: user.lastName,
            Email: user.email,
            SecondaryEmail: user.secondaryEmail,
          },
          PhoneConfig: { PhoneType: 'SOFT_PHONE', AutoAccept: false, AfterContactWorkTimeLimit: 0 },
          SecurityProfileIds: [SECURITY_PROFILE_ID],
          RoutingProfileId: routingProfileOf(world, user).id,
          HierarchyGroupId: user.hierarchyGroupId,
          Tags: user.tags ?? {},
          LastModifiedTime: LAST_MODIFIED_MS / 1000,
          LastModifiedRegion: instanceParts(world).region,
        },
      };
    },
  };
}
