import type { SavedRecording } from '../domain/recording-metadata.ts';
import type { LedgerEntry, Mailing } from '../domain/ledger-entry.ts';
import type { FollowUpEvent } from '../domain/follow-up.ts';
import type { InboxKeys } from '../domain/ledger-indexes.ts';
import type { LedgerMove } from '../domain/ledger.ts';
import type { TaskEnd } from '../domain/task-end.ts';
import type { Voicemail } from '../domain/voicemail.ts';

/** Ports that several steps need. A step picks from them what it uses. */
export interface LedgerPorts {
  /** Notes a new voicemail. If there is an entry already, returns it and changes nothing. */
  readonly noteReceived: (
    voicemail: Voicemail,
    dueAtMs: number,
  ) => Promise<LedgerEntry | 'unreadable' | undefined>;
  /** Whether there is an entry, readable or not. */
  readonly isKnown: (contactId: string) => Promise<boolean>;
  readonly findEntry: (contactId: string) => Promise<LedgerEntry | undefined>;
  /**
   * Returns false, and changes nothing, if the entry is in none of the `from` states, or something was
   * delivered.
   */
  readonly moveEntry: (move: LedgerMove) => Promise<boolean>;
  /** Takes the lease to deliver until `untilMs`, unless another has it. */
  readonly leaseDelivery: (lease: DeliveryLease) => Promise<boolean>;
  /**
   * Takes the lease of a voicemail that waits for its transcript, with that recording, and returns its entry: one
   * call instead of two. Returns undefined, and changes nothing, for every other voicemail: ask for its entry.
   */
  readonly leaseTranscribed: (lease: DeliveryLease, recordingKey: string) => Promise<LedgerEntry | undefined>;
  /** Gives a lease back early, after a failure. */
  readonly releaseDelivery: (contactId: string) => Promise<void>;
  /**
   * Notes a mail before it is passed to SES, or after it certainly was not sent. Returns false, and changes
   * nothing, if the entry differs from `before`, or something was delivered.
   */
  readonly noteMailing: (
    contactId: string,
    change: { readonly before: Mailing | undefined; readonly now: Mailing | undefined },
  ) => Promise<boolean>;
  /** Notes that SES sent a mail whose answer was not noted. Otherwise changes nothing. */
  readonly noteMailSent: (contactId: string, messageId: string) => Promise<void>;
  /**
   * Notes how the task of a voicemail ended, once. Returns false, and changes nothing, if it is not the task that
   * was delivered, or its end is noted.
   */
  readonly noteTaskEnd: (end: TaskEnd) => Promise<boolean>;
  /**
   * Notes the same, and opens the voicemail for another delivery. Returns false, and changes nothing, if it is not
   * the task that was delivered, or the voicemail came back before.
   */
  readonly noteReturn: (end: TaskEnd, dueAtMs: number) => Promise<boolean>;
  /**
   * Notes what happened since the delivery, all of it, and where that puts the voicemail in the inbox. Returns false,
   * and changes nothing, if it was changed since `change.version` was read.
   */
  readonly noteFollowUps: (contactId: string, change: FollowUpChange) => Promise<boolean>;
  /**
   * Notes the same, and opens a delivered voicemail for another delivery. Returns false, and changes nothing, if it was
   * changed, or opened by another.
   */
  readonly openAgain: (contactId: string, change: OpenedAgain) => Promise<boolean>;
  readonly markCleanedUp: (contactId: string, atMs: number) => Promise<void>;
  /**
   * Open entries whose due time is past, the longest overdue first, in pages: pass `after` of one page to
   * get the next; it is undefined after the last. Can lag.
   */
  readonly findOverdue: (nowMs: number, after?: OverdueKey) => Promise<OverduePage>;
  /** Sets only the next due time, of any entry. Returns false if it was changed meanwhile. */
  readonly postpone: (overdue: Overdue, dueAtMs: number) => Promise<boolean>;
  /** Counts one push and sets the next due time. Returns false if the entry was changed meanwhile. */
  readonly notePush: (entry: LedgerEntry, dueAtMs: number) => Promise<boolean>;
}

export interface FollowUpChange {
  readonly followUps: readonly FollowUpEvent[];
  /** The `followUpVersion` of the entry that was read; undefined if it had none. */
  readonly version: number | undefined;
  readonly keys: InboxKeys;
}

interface OpenedAgain extends FollowUpChange {
  readonly dueAtMs: number;
  /** Whether it has `returnedAtMs`. */
  readonly hasComeBack: boolean;
}

/** An entry past its due time, with only the members that `sweep` needs. */
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

export interface DeliveryLease {
  readonly contactId: string;
  readonly nowMs: number;
  readonly untilMs: number;
  /** When `sweep` looks at it, if it was not delivered by then. */
  readonly dueAtMs: number;
}

export interface RecordingObjectPort {
  /** What is under a recording's key; undefined if nothing is. */
  readonly findRecordingObject: (key: string) => Promise<SavedRecording | undefined>;
}

export interface SetbackPort {
  /** Reports a failure that does not stop the voicemail. `what` is a constant, for the log. */
  readonly setback: (what: string, about: { readonly contactId: string; readonly error: unknown }) => void;
}

export interface ClockPort {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
