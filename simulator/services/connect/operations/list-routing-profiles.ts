import type { RestOperation } from '../../../gateway/protocols.ts';
import { listOperation } from '../list-operation.ts';
import type { ConnectParts } from '../parts.ts';
import { profileSummary, routingProfilesOf } from '../routing-profiles.ts';

/** The routing profiles, by name alone. */
export function listRoutingProfiles({ world }: ConnectParts): RestOperation {
  return listOperation(world, {
    name: 'ListRoutingProfiles',
    path: '/routing-profiles-summary/{InstanceId}',
    most: 1000,
    member: 'RoutingProfileSummaryList',
    items: () => routingProfilesOf(world).map((profile) => profileSummary(world, profile)),
  });
}
