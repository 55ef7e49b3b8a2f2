import type { Mailing } from './ledger-entry.ts';
import type { Recipient } from './recipient.ts';
import type { Recording } from './recording-metadata.ts';
import type { Transcript } from './transcript.ts';
import type { Voicemail } from './voicemail.ts';

/** Everything that is known when a voicemail is delivered, as a task or as an email. */
export interface Delivery {
  readonly voicemail: Voicemail;
  readonly recipient: Recipient;
  /** Absent when there is no recording. */
  readonly recording?: Recording | undefined;
  readonly transcript?: Transcript | undefined;
  readonly linkUrl?: string | undefined;
  /** True if links are switched off: no recording has one. */
  readonly isWithoutLinks?: boolean;
  /** The customer who has the caller's number, if that is certain. */
  readonly customerName?: string | undefined;
  /** What went wrong before, in words for the recipient. */
  readonly notes: readonly string[];
  /** IANA zone in which times are shown. */
  readonly timeZone: string;
}

export interface VoicemailToMail {
  readonly delivery: Delivery;
  /** What the ledger knows about an earlier try. */
  readonly mailing: Mailing | undefined;
  /** Which delivery of the voicemail this is: 1 is the first. */
  readonly round: number;
}

/** The same voicemail, with more notes for the recipient. */
export function withNotes(mail: VoicemailToMail, notes: readonly string[]): VoicemailToMail {
  return { ...mail, delivery: { ...mail.delivery, notes: [...mail.delivery.notes, ...notes] } };
}
