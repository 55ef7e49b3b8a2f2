import type { RestOperation } from '../../../gateway/protocols.ts';
import { permission, requireInstance, resourceNotFound } from '../input.ts';
import { pageInQuery, connectPage } from '../page.ts';
import type { ConnectParts } from '../parts.ts';
import { findRoutingProfile, queuesOfProfile } from '../routing-profiles.ts';
import { arnIn } from '../world.ts';

const MOST_RESULTS = 100;

/** The queues of a routing profile, one entry for each channel. */
export function listRoutingProfileQueues({ world }: ConnectParts): RestOperation {
  const name = 'ListRoutingProfileQueues';
  return {
    name,
    method: 'GET',
    path: '/routing-profiles/{InstanceId}/{RoutingProfileId}/queues',
    needs: ({ params: { InstanceId: instanceId, RoutingProfileId: id } }) => [
      permission(name, world, { instanceId, resource: `routing-profile/${id}` }),
    ],
    answer({ params: { InstanceId: instanceId, RoutingProfileId: id = '' }, query }) {
      requireInstance(world, instanceId);
      const profile = findRoutingProfile(world, id);
      if (!profile) throw resourceNotFound(`Routing profile not found: ${id}`);
      const entries = queuesOfProfile(world, profile);
      const asked = pageInQuery(query);
      const { items, ...rest } = connectPage(entries, { of: `${name}/${id}`, most: MOST_RESULTS, asked });
      return {
        RoutingProfileQueueConfigSummaryList: items.map(({ queueId, channel }) => ({
          QueueId: queueId,
          QueueArn: arnIn(world, 'queue', queueId),
          QueueName: world.queues.find((queue) => queue.id === queueId)?.name ?? '',
          Priority: 1,
          Delay: 0,
          Channel: channel,
        })),
        ...rest,
      };
    },
  };
}
