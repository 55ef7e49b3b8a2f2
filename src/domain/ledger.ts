import { durationMsOf } from './audio/wav.ts';
import type { LedgerEntry, LedgerItem, LedgerState } from './ledger-entry.ts';
import type { InboxKeys } from './ledger-indexes.ts';
import type { Recording } from './recording-metadata.ts';

/** What a change of state writes besides the state. */
type LedgerChanges = Partial<
  Pick<
    LedgerItem,
    | 'voicemail'
    | 'recordingKey'
    | 'durationMs'
    | 'isComplete'
    | 'sizeBytes'
    | 'isBlank'
    | 'hasSound'
    | 'recordedFrom'
    | 'levels'
    | 'deliveredAs'
    | 'deliveredId'
    | 'recipientName'
    | 'recipientArn'
    | 'customerName'
    | 'timeZone'
    | 'notes'
    | 'failureCode'
    | 'cleanedUpAtMs'
  >
>;

export interface LedgerMove {
  readonly contactId: string;
  /**
   * The change happens only from these states, or, if `voicemail` is given, also if there is no entry yet.
   */
  readonly from: readonly LedgerState[];
  readonly to: LedgerState;
  /** Required for every state but the ends. */
  readonly dueAtMs?: number;
  /** The change happens only while the entry still has this due time. */
  readonly ifDueAtMs?: number | undefined;
  readonly changes?: LedgerChanges;
  /** Where it is in the inbox, unless that is noted: what happened since its first delivery has moved it. */
  readonly inboxKeys?: InboxKeys | undefined;
  /** Whether this is its first delivery: then `inboxKeys` are written in any case. */
  readonly isFirst?: boolean;
}

const MINUTE_MS = 60_000;

/** How long after the step before each step is overdue. */
export const DUE_AFTER_MS = {
  recording: 15 * MINUTE_MS,
  transcriptionStart: 10 * MINUTE_MS,
  /** Longer than a queue message waits between two tries: only a lost one is pushed. */
  delivery: 20 * MINUTE_MS,
} as const;

/**
 * After a mail without an answer, SES has so long to report whether it sent it: such events take seconds.
 * After that the mail counts as not sent.
 */
export const MAIL_DOUBT_MS = 5 * MINUTE_MS;

/** After so many mails without an answer the voicemail takes another way. */
export const MOST_DOUBTFUL_MAILS = 2;

/** A little longer than the time-out of `deliver-voicemail`. */
export const DELIVERY_LEASE_MS = 90_000;

/**
 * Whether a step can work on a voicemail: it is in one of the step's states, or was given up before anything
 * was delivered, and somebody has fixed the cause.
 */
export function isWorkable({ state, deliveredAs }: LedgerEntry, states: readonly LedgerState[]): boolean {
  return states.includes(state) || (state === 'parked' && deliveredAs === undefined);
}

/** What the ledger notes of a recording. All of it, so that nothing of an earlier recording stays. */
export function notedRecording(recording: Recording) {
  const { sizeBytes, durationMs, isComplete, isBlank, hasSound, recordedFrom } = recording;
  return {
    sizeBytes,
    durationMs,
    isComplete,
    isBlank,
    hasSound: hasSound === true,
    ...(recordedFrom && { recordedFrom }),
  };
}

/**
 * The recording, by the ledger alone, for a voicemail on its way through these states. Undefined if the bucket must
 * be asked: an earlier version made the entry, or its recording may be deleted by now.
 */
export function knownRecording(entry: LedgerEntry, states: readonly LedgerState[]): Recording | undefined {
  const { state, sizeBytes, isComplete, isBlank, hasSound } = entry;
  if (!states.includes(state) || roundOf(entry) > 1) return undefined;
  if (sizeBytes === undefined || isComplete === undefined || isBlank === undefined) return undefined;
  return {
    sizeBytes,
    durationMs: durationMsOf(sizeBytes),
    isComplete,
    isBlank,
    ...(hasSound && { hasSound }),
  };
}

/** Which delivery of a voicemail is the current one: 1 is the first. Each has a task of its own. */
export function roundOf({
  deliveryRound,
  returnedAtMs,
}: Pick<LedgerEntry, 'deliveryRound' | 'returnedAtMs'>): number {
  return deliveryRound ?? (returnedAtMs === undefined ? 1 : 2);
}

/** How long until an entry that this version cannot use is checked again. */
export const NEXT_LOOK_MS = 60 * MINUTE_MS;

/** After this many pushes, nearly a day, a voicemail is parked. */
export const MOST_ATTEMPTS = 24;

/** Waits between pushes: 5, 10, 20, 40 minutes, then an hour each. */
export function nextPushDelayMs(attempts: number): number {
  return Math.min(5 * 2 ** attempts, 60) * MINUTE_MS;
}
