import type { DeliveryMode } from './delivery-mode.ts';
import type { Voicemail } from './voicemail.ts';

/**
 * The life of a voicemail, as the ledger keeps it:
 *
 *     received → recorded → transcribing → delivering → delivered
 *
 * There are two other ends. `blank`: nothing was said, and nobody is told.
 * `parked`: a person must look. A voicemail that is not at an end always has a due
 * time; past it, `sweep` pushes it on. The last three of these are ends.
 */
export const LEDGER_STATES = [
  'received',
  'recorded',
  'transcribing',
  'delivering',
  'delivered',
  'blank',
  'parked',
] as const;

export type LedgerState = (typeof LEDGER_STATES)[number];

/** Those that are not an end. */
export const OPEN_STATES = ['received', 'recorded', 'transcribing', 'delivering'] as const;

export interface LedgerEntry {
  readonly contactId: string;
  readonly state: LedgerState;
  /** When `sweep` looks at it, milliseconds since the epoch. Absent at an end. */
  readonly dueAtMs?: number | undefined;
  /** How often `sweep` has pushed it since it came into its state. */
  readonly attempts: number;
  readonly voicemail: Voicemail;
  /** The mode used, once something was delivered: the voicemail, or the request to call back. */
  readonly deliveredAs?: DeliveryMode | undefined;
  /** For whom it was delivered, and what that person was told: for the agent's guide. */
  readonly recipientName?: string | undefined;
  /** IANA zone in which that person reads times. */
  readonly timeZone?: string | undefined;
  readonly notes?: readonly string[] | undefined;
  /** Set while it is not certain whether a mail was sent, and once none will be. */
  readonly mailing?: Mailing | undefined;
  /** Set once job and flag are cleaned up after delivery. */
  readonly cleanedUpAtMs?: number | undefined;
  /** Set when the link to the recording must not work any more. */
  readonly linkRevokedAtMs?: number | undefined;
}

/** A mail that was handed to SES, and no answer has been noted; or that was given up. */
export interface Mailing {
  readonly atMs: number;
  /** How many mails this may be by now. */
  readonly tries: number;
  /** SES said later that it did send one. */
  readonly messageId?: string | undefined;
  /** Why no mail is sent any more: a task takes its place, and nobody may know that it was made. */
  readonly givenUp?: 'NO_RECIPIENT' | 'REFUSED' | undefined;
}

/** What a state change writes beside the state itself. */
interface LedgerChanges {
  readonly voicemail?: Voicemail;
  readonly recordingKey?: string;
  readonly durationMs?: number;
  readonly isComplete?: boolean;
  readonly deliveredAs?: DeliveryMode;
  /** Id of the task contact, or of the mail. */
  readonly deliveredId?: string;
  readonly recipientName?: string;
  readonly timeZone?: string;
  readonly notes?: readonly string[];
  readonly failureCode?: string;
}

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
  /** Longer than a message waits in its queue between two tries: only a lost one is pushed. */
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
