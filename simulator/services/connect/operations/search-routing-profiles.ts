import type { RestOperation } from '../../../gateway/protocols.ts';
import type { ConnectParts } from '../parts.ts';
import { describedProfile, queueIdsOf, routingProfilesOf } from '../routing-profiles.ts';
import { stringCondition } from '../search/criteria.ts';
import { searchOperation } from '../search/search-operation.ts';
import { tagFilter } from '../search/tag-filter.ts';
import type { RoutingProfile } from '../world.ts';

/**
 * The routing profiles, with their queues and the number of their agents; they have no tags. Source: Amazon Connect
 * API reference, SearchRoutingProfiles: it has what DescribeRoutingProfile lacks, `AssociatedQueueIds`.
 */
export function searchRoutingProfiles({ world }: ConnectParts): RestOperation {
  return searchOperation<RoutingProfile>(world, {
    name: 'SearchRoutingProfiles',
    path: '/search-routing-profiles',
    most: 500,
    member: 'RoutingProfiles',
    items: () => routingProfilesOf(world),
    criteria: {
      StringCondition: stringCondition<RoutingProfile>({
        name: ({ name }) => name,
        description: () => '',
        resourceid: ({ id }) => id,
        associatedqueueids: (profile) => queueIdsOf(world, profile),
      }),
    },
    filters: { TagFilter: tagFilter(() => ({})) },
    describe: (profile) => ({
      ...describedProfile(world, profile),
      AssociatedQueueIds: queueIdsOf(world, profile),
    }),
  });
}
