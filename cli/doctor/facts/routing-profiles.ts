import { ConnectClient, paginateSearchRoutingProfiles } from '@aws-sdk/client-connect';
import { fact } from '../look.ts';
import { everyPage } from './every-page.ts';

/** A routing profile: which contacts its agents are offered. */
export interface RoutingProfile {
  readonly id: string;
  readonly name: string;
  readonly queueIds: readonly string[];
  /** Tasks that an agent can have at once; 0 if the profile takes none. */
  readonly tasks: number;
  /** The number of agents with this profile. */
  readonly agents: number;
}

/**
 * The routing profiles of the instance, 500 a call. A search returns the queues and the number of agents;
 * DescribeRoutingProfile does not return the queues. Source: Amazon Connect API reference.
 */
export const routingProfiles = fact(async (look): Promise<readonly RoutingProfile[]> => {
  const paging = { client: look.client(ConnectClient), pageSize: 500 };
  const search = paginateSearchRoutingProfiles(paging, { InstanceId: look.home.instanceId });
  const pages = await everyPage(look, 'connect:SearchRoutingProfiles', search);
  return pages
    .flatMap(({ RoutingProfiles = [] }) => RoutingProfiles)
    .map((profile) => ({
      id: profile.RoutingProfileId ?? '',
      name: profile.Name ?? '',
      queueIds: profile.AssociatedQueueIds ?? [],
      tasks: profile.MediaConcurrencies?.find(({ Channel }) => Channel === 'TASK')?.Concurrency ?? 0,
      agents: profile.NumberOfAssociatedUsers ?? 0,
    }));
});
