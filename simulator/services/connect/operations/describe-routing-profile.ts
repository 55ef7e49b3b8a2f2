import type { RestOperation } from '../../../gateway/protocols.ts';
import { permission, requireInstance, resourceNotFound } from '../input.ts';
import { LAST_MODIFIED_MS } from '../instance-defaults.ts';
import type { ConnectParts } from '../parts.ts';
import { describedProfile, findRoutingProfile } from '../routing-profiles.ts';
import { instanceParts } from '../world.ts';

/** A routing profile with the number of contacts by channel, and without its queues. */
export function describeRoutingProfile({ world }: ConnectParts): RestOperation {
  return {
    name: 'DescribeRoutingProfile',
    method: 'GET',
    path: '/routing-profiles/{InstanceId}/{RoutingProfileId}',
    needs: ({ params: { InstanceId: instanceId, RoutingProfileId: id } }) => [
      permission('DescribeRoutingProfile', world, { instanceId, resource: `routing-profile/${id}` }),
    ],
    answer({ params: { InstanceId: instanceId, RoutingProfileId: id = '' } }) {
      requireInstance(world, instanceId);
      const profile = findRoutingProfile(world, id);
      if (!profile) throw resourceNotFound(`Routing profile not found: ${id}`);
      return {
        RoutingProfile: {
          ...describedProfile(world, profile),
          LastModifiedTime: LAST_MODIFIED_MS / 1000,
          LastModifiedRegion: instanceParts(world).region,
        },
      };
    },
  };
}
