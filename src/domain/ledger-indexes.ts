import { followUpOf, STAGES } from './follow-up.ts';
import type { LedgerEntry } from './ledger-entry.ts';

/** The members of an entry that say where it is in the index of the inbox. */
export interface InboxKeys {
  /** `waiting`, `parked`, or `handled/2026-03-04` with the UTC day on which the call ended. */
  readonly inbox: string;
  /** `<recipient>#<stage>#<end of the call>`: in this order, the index is sorted. Of `parked`: a time. */
  readonly inboxPlace: string;
}

export const WAITING = 'waiting';
/** Given up before anybody was notified. */
export const PARKED = 'parked';

/** The partition of the index with the handled voicemails of calls that ended on this UTC day: `2026-03-04`. */
export function handledOn(day: string): string {
  return `handled/${day}`;
}

/** Undefined for a voicemail that is on its way, blank or erased, and for a test voicemail. */
export function inboxKeysOf(
  entry: Pick<
    LedgerEntry,
    'state' | 'voicemail' | 'deliveredAs' | 'recipientArn' | 'followUps' | 'erasedAtMs'
  >,
): InboxKeys | undefined {
  const { endedAtMs, isTest } = entry.voicemail;
  if (isTest || entry.erasedAtMs !== undefined) return undefined;
  if (!wasDelivered(entry)) return entry.state === 'parked' ? parkedKeys(endedAtMs) : undefined;
  const { stage } = followUpOf(entry.followUps);
  const place = [recipientOf(entry), STAGES.indexOf(stage), timeKey(endedAtMs)].join('#');
  const inbox = stage === 'handled' ? handledOn(dayOf(endedAtMs)) : WAITING;
  return { inbox, inboxPlace: place };
}

/** The end of the call, or another time that is known. */
export function parkedKeys(timeMs: number): InboxKeys {
  return { inbox: PARKED, inboxPlace: timeKey(timeMs) };
}

/** Whether anybody was notified of it, also if it is on its way again. */
export function wasDelivered({
  deliveredAs,
  recipientArn,
}: {
  readonly deliveredAs?: unknown;
  readonly recipientArn?: unknown;
}): boolean {
  return deliveredAs !== undefined || recipientArn !== undefined;
}

/** With the rest of the place, within the 1,024 bytes that DynamoDB allows for a sort key. */
const QUEUE_ARN = /^arn:[\w:/-]{1,240}$/;
const UNKNOWN_RECIPIENT = '-';

/** For whom it is now: the ARN of a queue or agent queue; `-` if an earlier version noted none. */
function recipientOf({
  voicemail,
  recipientArn,
  followUps,
}: Pick<LedgerEntry, 'voicemail' | 'recipientArn' | 'followUps'>): string {
  const arn = followUpOf(followUps).assignedTo ?? recipientArn ?? voicemail.queueArn?.trim();
  return arn !== undefined && QUEUE_ARN.test(arn) ? arn : UNKNOWN_RECIPIENT;
}

/** Thirteen digits: until the year 2286, texts are sorted as their times are. */
export function timeKey(timeMs: number): string {
  return String(Math.trunc(timeMs)).padStart(13, '0');
}

/** `2026-03-04` */
export function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}
