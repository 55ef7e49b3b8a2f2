import { isIvrElement, type RecordingElement } from './audio/recordings.ts';

/**
 * When a contact with `vmx3_flag` = `1` is a voicemail, by how the contact began.
 *
 * The flag alone is not enough: all contacts of a chain share their attributes, and related contacts get a
 * copy. For example, a callback that is queued during the call begins with the flag of that call.
 *
 * - `flag`: the flag is enough. A caller was on the line and believes that they left a message.
 * - `own-flag`: the same, unless the message began before this contact did: then it is another contact's.
 * - `answer`: as `own-flag`, and the person who was called must have answered.
 * - `recording`: no caller was on the line when the contact began, or an agent has just spoken with the
 *   caller. The contact must hold audio of the customer that was recorded in the contact itself.
 *
 * Audio of its own is enough for every method, and a method that is not in the table needs the flag alone:
 * a message must not be lost because Amazon Connect has a new name.
 *
 * Source: Amazon Connect administrator guide, "Contact initiation methods and flow types", "Use customer
 * first callback mode"; API reference, Contact, `InitiationMethod`.
 */
type Evidence = 'flag' | 'own-flag' | 'answer' | 'recording';

export const EVIDENCE_BY_METHOD: ReadonlyMap<string, Evidence> = new Map([
  /** A caller dialed a number of the contact center. */
  ['INBOUND', 'flag'],
  /** A caller started the call in an app or on a web page. */
  ['WEBRTC_API', 'flag'],
  /** An agent passed the caller on. The caller waits, and can be asked for a message there. */
  ['TRANSFER', 'own-flag'],
  /** A flow moved the caller to another queue. */
  ['QUEUE_TRANSFER', 'own-flag'],
  /** A program called somebody, and a flow speaks with that person. */
  ['API', 'answer'],
  /** The flow after an agent has hung up, such as a survey: the caller has just spoken with an agent. */
  ['DISCONNECT', 'recording'],
  /** An agent calls back the person who asked for it; the second and third call the person first. */
  ['CALLBACK', 'recording'],
  ['CALLBACK_CUSTOMER_FIRST_QUEUED', 'recording'],
  ['CALLBACK_CUSTOMER_FIRST_DIALED', 'recording'],
  /** An agent dialed. */
  ['OUTBOUND', 'recording'],
  /** An agent brought a third person in. */
  ['EXTERNAL_OUTBOUND', 'recording'],
  /** A supervisor listens. */
  ['MONITOR', 'recording'],
  /** Methods of emails, by the documentation; a call does not have them. */
  ['AGENT_REPLY', 'recording'],
  ['FLOW', 'recording'],
]);

/** Why a flagged contact is not a voicemail. */
export type PassedOver = 'TAKEN_BY_AGENT' | 'NO_RECORDING_OF_ITS_OWN' | 'MESSAGE_OF_ANOTHER_CONTACT';

/** A flagged voice contact that no agent took. Times are milliseconds since the epoch, cut to whole seconds. */
export interface FlaggedContact {
  /** As Amazon Connect names it; undefined if the record does not say. */
  readonly initiationMethod: string | undefined;
  readonly initiatedAtMs: number;
  /** Whether the customer was ever connected. */
  readonly isAnswered: boolean;
  /** When the message began, if the flow noted it. */
  readonly messageStartMs: number | undefined;
  readonly recordings: readonly RecordingElement[];
}

type Judgement =
  | {
      readonly isVoicemail: true;
      readonly recordings: readonly RecordingElement[];
      /** Whether the message certainly belongs to this contact, and not to another one of its chain. */
      readonly isCertain: boolean;
    }
  | { readonly isVoicemail: false; readonly reason: PassedOver };

/** Whether a flagged contact is a voicemail, and which of its recordings can hold the message. */
export function judgeFlagged(contact: FlaggedContact): Judgement {
  const evidence = EVIDENCE_BY_METHOD.get(contact.initiationMethod ?? '') ?? 'flag';
  // There is no earlier contact to which the flag or a recording could belong.
  if (evidence === 'flag') {
    const { recordings } = contact;
    return { isVoicemail: true, recordings, isCertain: recordings.some(isOfCustomer) };
  }
  const recordings = contact.recordings.filter((recording) => isOwn(recording, contact));
  const ofCustomer = recordings.filter(isOfCustomer);
  if (ofCustomer.length > 0) {
    // Streaming is switched on for the message; an instance may record the interaction of every contact.
    const isCertain = contact.messageStartMs !== undefined || ofCustomer.some(isStream);
    return { isVoicemail: true, recordings, isCertain };
  }
  if (evidence === 'recording') return { isVoicemail: false, reason: 'NO_RECORDING_OF_ITS_OWN' };
  if (messageBeganBefore(contact)) return { isVoicemail: false, reason: 'MESSAGE_OF_ANOTHER_CONTACT' };
  if (evidence === 'answer' && !contact.isAnswered) {
    return { isVoicemail: false, reason: 'NO_RECORDING_OF_ITS_OWN' };
  }
  return { isVoicemail: true, recordings, isCertain: false };
}

/**
 * A recording that began before the contact did, and had ended by then, belongs to the contact before. So
 * does an IVR recording, which Amazon Connect makes of every contact, if the message began in the contact
 * before, by the flow's note.
 */
function isOwn({ startMs, stopMs, storageType }: RecordingElement, contact: FlaggedContact): boolean {
  const { initiatedAtMs } = contact;
  if (storageType === 'S3' && messageBeganBefore(contact)) return false;
  if (stopMs === undefined || stopMs > initiatedAtMs) return true;
  return startMs === undefined || startMs >= initiatedAtMs;
}

/** Whether it is readable is checked later: if there was a stream, the caller may have spoken. */
function isOfCustomer(recording: RecordingElement): boolean {
  const { storageType, participantType } = recording;
  if (storageType === 'S3') return isIvrElement(recording);
  return storageType === 'KINESIS_VIDEO_STREAM' && (!participantType || participantType === 'CUSTOMER');
}

function isStream({ storageType }: RecordingElement): boolean {
  return storageType === 'KINESIS_VIDEO_STREAM';
}

function messageBeganBefore({ messageStartMs, initiatedAtMs }: FlaggedContact): boolean {
  return messageStartMs !== undefined && messageStartMs < initiatedAtMs;
}
