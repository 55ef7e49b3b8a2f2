import {
  type ConnectClient,
  CreateNotificationCommand,
  paginateSearchRoutingProfiles,
  paginateSearchUsers,
} from '@aws-sdk/client-connect';
import { clientTokenFor } from '../domain/client-token.ts';
import type { AgentsOfQueue, Notifying } from '../steps/notify-agents.ts';
import { awsCall } from './aws-call.ts';
import { remembered } from './remembered.ts';

/** Source: Amazon Connect API reference, CreateNotification, Recipients. */
const MOST_RECIPIENTS = 200;
/** A search returns that many at most. */
const PAGE = 500;
/** Of routing profiles: an instance with more is read in part. */
const MOST_PAGES = 4;
/** Routing profiles in one search for agents. Amazon Connect does not say how many conditions it takes. */
const PROFILES_AT_ONCE = 20;
/** The delivery of the next voicemail does not wait longer for the two, whatever fails. */
const SEARCH_WITHIN_MS = 4000;
const NOTIFY_WITHIN_MS = 2000;

/**
 * Notifications in the agent workspace, and which agents a queue has: those whose routing profile has the queue, and
 * takes tasks. That is two searches or a few more, of two a second, kept for ten minutes. They are sorted by id, so
 * that of more than 200 always the same are notified.
 *
 * Source: Amazon Connect API reference, CreateNotification, SearchRoutingProfiles and SearchUsers.
 */
export function connectNotifications(
  connect: ConnectClient,
  { instanceArn, now }: { readonly instanceArn: string; readonly now: () => number },
): Pick<Notifying, 'agentsOfQueue' | 'notify'> {
  const InstanceId = instanceArn;
  const paging = { client: connect, pageSize: PAGE };

  async function profilesWith(queueId: string, abortSignal: AbortSignal): Promise<readonly string[]> {
    const found: string[] = [];
    let pages = 0;
    const searched = paginateSearchRoutingProfiles(paging, { InstanceId }, { abortSignal });
    for await (const page of searched) {
      for (const profile of page.RoutingProfiles ?? []) {
        const takesTasks = profile.MediaConcurrencies?.some(
          ({ Channel, Concurrency = 0 }) => Channel === 'TASK' && Concurrency > 0,
        );
        const { AssociatedQueueIds = [], NumberOfAssociatedUsers, RoutingProfileId } = profile;
        if (takesTasks && AssociatedQueueIds.includes(queueId) && NumberOfAssociatedUsers !== 0)
          found.push(RoutingProfileId ?? '');
      }
      pages += 1;
      if (pages === MOST_PAGES) break;
    }
    return found;
  }

  async function agentsOf(queueId: string, abortSignal: AbortSignal): Promise<AgentsOfQueue> {
    const profiles = await profilesWith(queueId, abortSignal);
    const userIds = new Set<string>();
    for (let first = 0; first < profiles.length; first += PROFILES_AT_ONCE) {
      const OrConditions = profiles.slice(first, first + PROFILES_AT_ONCE).map((Value) => ({
        StringCondition: { FieldName: 'RoutingProfileId', Value, ComparisonType: 'EXACT' } as const,
      }));
      const asked = { InstanceId, SearchCriteria: { OrConditions } };
      for await (const { Users = [] } of paginateSearchUsers(paging, asked, { abortSignal })) {
        for (const { Id } of Users) if (Id) userIds.add(Id);
      }
    }
    const sorted = [...userIds].toSorted();
    return { userIds: sorted.slice(0, MOST_RECIPIENTS), hasMore: sorted.length > MOST_RECIPIENTS };
  }
  return {
    agentsOfQueue: remembered(
      (queueId) =>
        within(SEARCH_WITHIN_MS, (late) => awsCall('connect:SearchUsers', agentsOf(queueId, late))),
      now,
    ),

    notify: ({ contactId, round, userIds, texts, expiresAtMs }) =>
      within(NOTIFY_WITHIN_MS, async (abortSignal) => {
        const command = new CreateNotificationCommand({
          InstanceId,
          Recipients: userIds.map((id) => `${instanceArn}/agent/${id}`),
          Content: texts,
          ExpiresAt: new Date(expiresAtMs),
          ClientToken: clientTokenFor(contactId, round),
        });
        await awsCall('connect:CreateNotification', connect.send(command, { abortSignal }));
      }),
  };
}

async function within<Done>(limitMs: number, work: (late: AbortSignal) => Promise<Done>): Promise<Done> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), limitMs);
  try {
    return await work(late.signal);
  } finally {
    clearTimeout(timer);
  }
}
