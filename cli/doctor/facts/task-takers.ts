import { ConnectClient, paginateListRoutingProfileQueues } from '@aws-sdk/client-connect';
import { nextPage } from './every-page.ts';
import type { RoutingProfile } from './routing-profiles.ts';
import type { Look } from '../look.ts';

/** Of a hundred lines each. At two calls a second, this takes 20 seconds. */
const MOST_PAGES = 40;

export interface TaskTakers {
  /** A routing profile that takes tasks of the queue, if possible one with agents. */
  readonly taker: (queueId: string) => RoutingProfile | undefined;
  /** The number of routing profiles with the queue that were not read, because there are too many. */
  readonly leftOut: (queueId: string) => number;
}

/**
 * Finds routing profiles that take tasks of these queues. Their channels take a call for each hundred lines of
 * a profile, so this reads the profiles with the most agents first, and stops when every queue has one.
 */
export async function taskTakers(
  queueIds: readonly string[],
  profiles: readonly RoutingProfile[],
  look: Look,
): Promise<TaskTakers> {
  const takers = new Map<string, RoutingProfile>();
  const open = new Set(queueIds);
  const leftOut: RoutingProfile[] = [];
  let pagesRead = 0;
  const byAgents = profiles.filter(({ tasks }) => tasks > 0).toSorted((a, b) => b.agents - a.agents);
  for (const profile of byAgents) {
    const isWanted = () => profile.queueIds.some((id) => open.has(id));
    const pages = pagesOfQueues(profile, look);
    while (isWanted()) {
      if (pagesRead === MOST_PAGES) {
        leftOut.push(profile);
        break;
      }
      const page = await nextPage(look, 'connect:ListRoutingProfileQueues', pages);
      if (!page) break;
      pagesRead += 1;
      if (pagesRead % 10 === 0) look.progress(`pages of routing profiles: ${pagesRead}`);
      for (const { QueueId = '', Channel } of page.RoutingProfileQueueConfigSummaryList ?? []) {
        if (Channel === 'TASK' && open.delete(QueueId)) takers.set(QueueId, profile);
      }
      if (page.NextToken === undefined) break;
    }
  }
  return {
    taker: (queueId) => takers.get(queueId),
    leftOut: (queueId) => leftOut.filter((profile) => profile.queueIds.includes(queueId)).length,
  };
}

function pagesOfQueues({ id }: RoutingProfile, look: Look) {
  const paging = { client: look.client(ConnectClient), pageSize: 100 };
  return paginateListRoutingProfileQueues(paging, { InstanceId: look.home.instanceId, RoutingProfileId: id });
}
