import type { LedgerEntry, LedgerItem, LedgerState } from './ledger-entry.ts';

/** What a state change writes beside the state itself. */
type LedgerChanges = Partial<
  Pick<
    LedgerItem,
    | 'voicemail'
    | 'recordingKey'
    | 'durationMs'
    | 'isComplete'
    | 'deliveredAs'
    | 'deliveredId'
    | 'recipientName'
    | 'timeZone'
    | 'notes'
    | 'failureCode'
  >
>;

export interface LedgerMove {
  readonly contactId: string;
  /** The change happens only from these states, or where there is no entry yet if `voicemail` is given. */
  readonly from: readonly LedgerState[];
  readonly to: LedgerState;
  /** Required for every state but the ends. */
  readonly dueAtMs?: number;
  /** The change happens only while the entry still has this due time. */
  readonly ifDueAtMs?: number | undefined;
  readonly changes?: LedgerChanges;
}

const MINUTE_MS = 60_000;

/** When each step is overdue if nothing has happened since the one before. */
export const DUE_AFTER_MS = {
  recording: 15 * MINUTE_MS,
  transcriptionStart: 10 * MINUTE_MS,
  /** Longer than a queue message waits between two tries: only a lost one is pushed. */
  delivery: 20 * MINUTE_MS,
} as const;

/**
 * For so long after a mail without an answer, SES is waited for to say whether it sent
 * it: such events take seconds. Then it is taken for not sent.
 */
export const MAIL_DOUBT_MS = 5 * MINUTE_MS;

/** After so many mails without an answer the voicemail takes another way. */
export const MOST_DOUBTFUL_MAILS = 2;

/** A little longer than `deliver-voicemail` may run. */
export const DELIVERY_LEASE_MS = 90_000;

/**
 * Whether a step may work on a voicemail: it is in one of the step's states, or was
 * given up before anything of it was delivered, and somebody has mended the cause.
 */
export function isWorkable({ state, deliveredAs }: LedgerEntry, states: readonly LedgerState[]): boolean {
  return states.includes(state) || (state === 'parked' && deliveredAs === undefined);
}

/** When an entry that this version cannot work with is looked at again. */
export const NEXT_LOOK_MS = 60 * MINUTE_MS;

/** After this many pushes, nearly a day, a voicemail is parked. */
export const MOST_ATTEMPTS = 24;

/** Waits between pushes: 5, 10, 20, 40 minutes, then an hour each. */
export function nextPushDelayMs(attempts: number): number {
  return Math.min(5 * 2 ** attempts, 60) * MINUTE_MS;
}
