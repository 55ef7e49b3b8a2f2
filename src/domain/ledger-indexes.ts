import { followUpOf, STAGES } from './follow-up.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { callerNumber } from './phone-number.ts';
import type { Voicemail } from './voicemail.ts';

/**
 * What the index of callers has for a voicemail: the number as `+15555550142`, in whatever form it came, or the text
 * that is no number. Undefined for a caller who cannot be named, and for a test voicemail.
 */
export function callerKeyOf({ from, isTest }: Pick<Voicemail, 'from' | 'isTest'>): string | undefined {
  if (isTest) return undefined;
  const caller = callerNumber(from);
  if (caller.kind === 'withheld') return undefined;
  return caller.kind === 'number' ? caller.e164 : caller.readable.slice(0, LONGEST_KEY_CHARS);
}

/** DynamoDB allows 2,048 bytes for a partition key, 1,024 for a sort key. */
const LONGEST_KEY_CHARS = 250;

/** The members of an entry that say where it is in the index of the inbox. */
export interface InboxKeys {
  /** `waiting`, or `handled/2026-03-04` with the UTC day on which the call ended. */
  readonly inbox: string;
  /** `<recipient>#<stage>#<end of the call>`: in this order, the index is sorted. */
  readonly inboxPlace: string;
}

export const WAITING = 'waiting';

/** The partition of the index with the handled voicemails of calls that ended on this UTC day: `2026-03-04`. */
export function handledOn(day: string): string {
  return `handled/${day}`;
}

/** Undefined for a voicemail of which nothing was delivered yet, and for a test voicemail. */
export function inboxKeysOf(
  entry: Pick<LedgerEntry, 'voicemail' | 'deliveredAs' | 'recipientArn' | 'followUps'>,
): InboxKeys | undefined {
  if (entry.voicemail.isTest || !wasDelivered(entry)) return undefined;
  const { endedAtMs } = entry.voicemail;
  const { stage } = followUpOf(entry.followUps);
  const place = [recipientOf(entry), STAGES.indexOf(stage), timeKey(endedAtMs)].join('#');
  const inbox = stage === 'handled' ? handledOn(dayOf(endedAtMs)) : WAITING;
  return { inbox, inboxPlace: place };
}

/** Whether anybody was notified of it, also if it is on its way again. */
export function wasDelivered({
  deliveredAs,
  recipientArn,
}: Pick<LedgerEntry, 'deliveredAs' | 'recipientArn'>): boolean {
  return deliveredAs !== undefined || recipientArn !== undefined;
}

const QUEUE_ARN = /^arn:[\w:/-]{1,240}$/;
export const UNKNOWN_RECIPIENT = '-';

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
