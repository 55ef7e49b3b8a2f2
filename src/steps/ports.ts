import type { SavedRecording } from '../domain/recording-metadata.ts';
import type { LedgerEntry, Mailing } from '../domain/ledger-entry.ts';
import type { LedgerMove } from '../domain/ledger.ts';
import type { Voicemail } from '../domain/voicemail.ts';

/** Ports that several steps need. A step picks from them what it uses. */
export interface LedgerPorts {
  /** Notes a new voicemail. Answers the entry that is there already, if so, and changes nothing then. */
  readonly noteReceived: (
    voicemail: Voicemail,
    dueAtMs: number,
  ) => Promise<LedgerEntry | 'unreadable' | undefined>;
  /** Whether there is an entry, readable or not. */
  readonly isKnown: (contactId: string) => Promise<boolean>;
  readonly findEntry: (contactId: string) => Promise<LedgerEntry | undefined>;
  /** Answers false, and changes nothing, when the entry is in none of the `from` states, or something was delivered. */
  readonly moveEntry: (move: LedgerMove) => Promise<boolean>;
  /** Takes the right to deliver, unless another has it, until `untilMs`. */
  readonly leaseDelivery: (lease: DeliveryLease) => Promise<boolean>;
  /** Gives a lease back before its time, after a failure. */
  readonly releaseDelivery: (contactId: string) => Promise<void>;
  /**
   * Notes a mail that is about to be handed to SES, or that certainly was not sent. Answers
   * false, and changes nothing, when the entry says anything else than `before`, or something
   * was delivered.
   */
  readonly noteMailing: (
    contactId: string,
    change: { readonly before: Mailing | undefined; readonly now: Mailing | undefined },
  ) => Promise<boolean>;
  /** Notes that SES sent a mail of which no answer was noted. Changes nothing for any other. */
  readonly noteMailSent: (contactId: string, messageId: string) => Promise<void>;
  readonly markCleanedUp: (contactId: string, atMs: number) => Promise<void>;
  /**
   * Open entries whose due time is past, the longest overdue first, in pages: `after` of one page asks for the
   * next, and is undefined after the last. May lag behind.
   */
  readonly findOverdue: (nowMs: number, after?: OverdueKey) => Promise<OverduePage>;
  /** Sets the next due time and changes nothing else, of whatever entry. False if somebody else set one meanwhile. */
  readonly postpone: (overdue: Overdue, dueAtMs: number) => Promise<boolean>;
  /** Counts one push and sets the next due time. False if somebody else changed the entry meanwhile. */
  readonly notePush: (entry: LedgerEntry, dueAtMs: number) => Promise<boolean>;
}

/** An entry past its due time, of which nothing else needs to be understood. */
export interface Overdue {
  readonly contactId: string;
  readonly dueAtMs: number;
  /** It names something that this version does not know. */
  readonly isOfLaterVersion: boolean;
}

export type OverdueKey = Readonly<Record<string, unknown>>;

interface OverduePage {
  readonly overdue: readonly Overdue[];
  readonly after?: OverdueKey | undefined;
}

interface DeliveryLease {
  readonly contactId: string;
  readonly nowMs: number;
  readonly untilMs: number;
  /** When `sweep` looks at it, if nothing has come of the delivery by then. */
  readonly dueAtMs: number;
}

export interface RecordingObjectPort {
  /** What is under a recording's key; undefined if nothing is. */
  readonly findRecordingObject: (key: string) => Promise<SavedRecording | undefined>;
}

export interface SetbackPort {
  /** Reports what went wrong without stopping the voicemail. `what` is a constant, for the log. */
  readonly setback: (what: string, about: { readonly contactId: string; readonly error: unknown }) => void;
}

export interface ClockPort {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
