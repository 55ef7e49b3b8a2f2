import { PermanentError } from './errors.ts';

/**
 * The keys of a voicemail's objects. Recording and transcript differ only in the folder and the ending, so
 * that each gives the other without a look-up.
 *
 *     recordings/yyyy/mm/dd/<contactId>.wav
 *     transcripts/yyyy/mm/dd/<contactId>.json
 *
 * The date is the call's, in UTC.
 */
const RECORDING = /^recordings\/(\d{4}\/\d\d\/\d\d)\/([A-Za-z0-9-]{1,128})\.wav$/;
const TRANSCRIPT = /^transcripts\/(\d{4}\/\d\d\/\d\d)\/([A-Za-z0-9-]{1,128})\.json$/;

export interface VoicemailKeys {
  readonly contactId: string;
  readonly recordingKey: string;
  readonly transcriptKey: string;
}

/** `calledAtMs`: when the call came in, milliseconds since the epoch. */
export function keysOf({ contactId, calledAtMs }: { contactId: string; calledAtMs: number }): VoicemailKeys {
  const day = new Date(calledAtMs).toISOString().slice(0, 10).replaceAll('-', '/');
  return keysFor(contactId, day);
}

/** What is under a legal hold is kept here a second time; nothing that is here is deleted by its age. */
export const HELD_FOLDER = 'held/';

/** The key of the copy that a hold keeps, in the same bucket. */
export function heldKeyOf(key: string): string {
  return `${HELD_FOLDER}${key}`;
}

/** The object's contact; undefined for a key that is neither a recording's nor a transcript's. */
export function contactIdOfKey(key: string): string | undefined {
  return (RECORDING.exec(key) ?? TRANSCRIPT.exec(key))?.[2];
}

/** Undefined for a key that is neither a recording's nor a transcript's. */
export function keysIn(key: string): VoicemailKeys | undefined {
  const [, day, contactId] = RECORDING.exec(key) ?? TRANSCRIPT.exec(key) ?? [];
  return day && contactId ? keysFor(contactId, day) : undefined;
}

/** Throws PermanentError MALFORMED_EVENT for a key that is neither a recording's nor a transcript's. */
export function parseKey(key: string): VoicemailKeys {
  const keys = keysIn(key);
  if (keys) return keys;
  throw new PermanentError('MALFORMED_EVENT', 'the object key is neither a recording nor a transcript');
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The contact id in the key of any object, safe for a log: only a text in the form of Amazon Connect's ids,
 * because any other could be a number or a name.
 */
export function loggableContactIdOf(key: string): string | undefined {
  const contactId = contactIdOfKey(key);
  return contactId !== undefined && UUID.test(contactId) ? contactId : undefined;
}

/**
 * The file name of a recording when somebody saves it: day of the call, and enough of the contact id to find
 * it again. Nothing about the caller.
 */
export function savedNameOf(recordingKey: string): string {
  const [, day = '', contactId = ''] = RECORDING.exec(recordingKey) ?? [];
  return ['voicemail', day.replaceAll('/', '-'), contactId.slice(0, 8)].filter(Boolean).join('-') + '.wav';
}

function keysFor(contactId: string, day: string): VoicemailKeys {
  return {
    contactId,
    recordingKey: `recordings/${day}/${contactId}.wav`,
    transcriptKey: `transcripts/${day}/${contactId}.json`,
  };
}
