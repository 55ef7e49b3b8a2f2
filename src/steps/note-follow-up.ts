import { RetryableError } from '../domain/errors.ts';
import { type FollowUpEvent, withEvents } from '../domain/follow-up.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import { inboxKeysOf, wasDelivered } from '../domain/ledger-indexes.ts';
import type { FollowUpNews } from '../domain/task-follow-up.ts';
import type { LedgerPorts } from './ports.ts';

export type NoteFollowUpPorts = Pick<LedgerPorts, 'findEntry' | 'noteFollowUps'>;

/**
 * `known`: that is noted. `not-ours`: the ledger does not know the voicemail, it is a test voicemail or was erased, or
 * the task is not the one that was delivered.
 */
export type FollowUpOutcome = 'noted' | 'known' | 'not-ours';

/** The delivery that an event follows is noted within seconds, or its next try does. */
const DELIVERY_NOTED_WITHIN_MS = 60_000;
/** People act one after the other; events of a task come in bursts of three. */
const MOST_TRIES = 5;

/**
 * Notes what happened to a voicemail after its delivery. Every event can come twice, late, and in any order.
 *
 * Throws RetryableError NOT_READY if it comes before the delivery is noted, or while others change the same entry.
 */
export async function noteFollowUp(
  { contactId, events, taskIds }: FollowUpNews,
  ports: NoteFollowUpPorts,
): Promise<FollowUpOutcome> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const entry = await ports.findEntry(contactId);
    if (!entry || entry.voicemail.isTest || entry.erasedAtMs !== undefined) return 'not-ours';
    if (taskIds && wasDelivered(entry) && !taskIds.includes(entry.deliveredId ?? '')) return 'not-ours';
    const change = changeBy(events, entry);
    if (!change) return 'known';
    if (await ports.noteFollowUps(contactId, change)) return 'noted';
  }
  throw new RetryableError('NOT_READY', 'others change the same voicemail');
}

/** Undefined if the entry has all of the events. */
export function changeBy(events: readonly FollowUpEvent[], entry: LedgerEntry) {
  const followUps = withEvents(entry.followUps, events);
  if (!followUps) return undefined;
  const keys = wasDelivered(entry) ? inboxKeysOf({ ...entry, followUps }) : undefined;
  if (!keys) {
    throw new RetryableError('NOT_READY', 'something happened to a voicemail whose delivery is not noted', {
      retryWithinMs: DELIVERY_NOTED_WITHIN_MS,
    });
  }
  return { followUps, version: entry.followUpVersion, keys };
}
