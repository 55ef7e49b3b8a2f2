import { z } from 'zod';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { invalidParameter, permission, requireInstance } from '../input.ts';
import { connectPage } from '../page.ts';
import type { ConnectParts } from '../parts.ts';
import { describedProfile, queueIdsOf, routingProfilesOf } from '../routing-profiles.ts';

/** Criteria and filters are not simulated. */
const Search = z.looseObject({
  SearchFilter: z.undefined().optional(),
  SearchCriteria: z.undefined().optional(),
});

/**
 * The routing profiles, with their queues and the number of their agents. Source: Amazon Connect API
 * reference, SearchRoutingProfiles: it has what DescribeRoutingProfile lacks, `AssociatedQueueIds`.
 */
export function searchRoutingProfiles({ world }: ConnectParts): RestOperation {
  const name = 'SearchRoutingProfiles';
  return {
    name,
    method: 'POST',
    path: '/search-routing-profiles',
    needs: ({ input: { InstanceId: instanceId } }) => [permission(name, world, { instanceId })],
    answer({ input }) {
      requireInstance(world, input['InstanceId']);
      const parsed = Search.safeParse(input);
      if (!parsed.success) throw invalidParameter(`Not simulated, or not valid: ${parsed.error.message}`);
      const profiles = routingProfilesOf(world);
      const asked = { nextToken: input['NextToken'], maxResults: input['MaxResults'] };
      const { items, ...rest } = connectPage(profiles, { of: name, most: 500, asked });
      return {
        RoutingProfiles: items.map((profile) => ({
          ...describedProfile(world, profile),
          AssociatedQueueIds: queueIdsOf(world, profile),
        })),
        ApproximateTotalCount: profiles.length,
        ...rest,
      };
    },
  };
}
