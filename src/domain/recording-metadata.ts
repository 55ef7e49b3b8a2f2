import { keysOf } from './object-keys.ts';
import { durationMsOf } from './audio/wav.ts';
import { parseVoicemail, type Voicemail } from './voicemail.ts';

/** The metadata that says `true` of a test voicemail. */
const IS_TEST = 'is-test';

/** Limits in percent-encoded characters, as in a header. */
const LONGEST_VALUE = 256;
const LONGEST_LANGUAGE = 16;

/**
 * A voicemail as the S3 user metadata of its recording, so that it can be
 * delivered from the object alone. Contact attributes other than ours are left
 * out: all metadata together may have 2 KB.
 *
 * Source: Amazon S3 user guide, "User-defined object metadata".
 */
export function toRecordingMetadata(voicemail: Voicemail): Record<string, string> {
  const { contactId, instanceArn, calledAtMs, endedAtMs, from, queueArn, language, mode, isTest } = voicemail;
  return {
    'contact-id': contactId,
    'instance-arn': instanceArn,
    'called-at': new Date(calledAtMs).toISOString(),
    'ended-at': new Date(endedAtMs).toISOString(),
    language: language.slice(0, LONGEST_LANGUAGE),
    ...fitting({ from, 'queue-arn': queueArn, mode }),
    ...(isTest && { [IS_TEST]: 'true' }),
  };
}

/** Attributes can hold any text; a text that is too long to be real is only in the ledger. */
function fitting(members: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const present = Object.entries(members).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return Object.fromEntries(
    present.filter(([, value]) => encodeURIComponent(value.toWellFormed()).length <= LONGEST_VALUE),
  );
}

/** Every recording of ours has at least one of these, even if its metadata are damaged. */
const OURS = ['contact-id', 'instance-arn', 'called-at', 'ended-at', 'is-complete'];

/** Whether we wrote the metadata, readable or not: objects of others have none of our names. */
function hasOurMetadata(metadata: Readonly<Record<string, string>>): boolean {
  return OURS.some((name) => metadata[name] !== undefined);
}

/** Throws PermanentError MALFORMED_EVENT if the metadata do not say whose recording it is. */
export function fromRecordingMetadata(metadata: Readonly<Record<string, string>>): Voicemail {
  return parseVoicemail({
    contactId: metadata['contact-id'],
    instanceArn: metadata['instance-arn'],
    calledAtMs: Date.parse(metadata['called-at'] ?? ''),
    endedAtMs: Date.parse(metadata['ended-at'] ?? ''),
    language: metadata['language'],
    from: metadata['from'],
    queueArn: metadata['queue-arn'],
    mode: metadata['mode'],
    attributes: {},
    ...(metadata[IS_TEST] === 'true' && { isTest: true }),
  });
}

/**
 * The voicemail whose recording lies under a key. Undefined if nothing does, or an object that is not ours: it has
 * none of our metadata, or is a copy of a recording that has a key of its own. Throws PermanentError
 * MALFORMED_EVENT if our metadata do not say whose recording it is.
 */
export function voicemailAt(
  recordingKey: string,
  recording: SavedRecording | undefined,
): Voicemail | undefined {
  if (!recording || !hasOurMetadata(recording.metadata)) return undefined;
  const voicemail = fromRecordingMetadata(recording.metadata);
  return keysOf(voicemail).recordingKey === recordingKey ? voicemail : undefined;
}

/** Which of Amazon Connect's recordings it was made of. */
const SOURCES = ['stream', 'ivr'] as const;
type RecordedFrom = (typeof SOURCES)[number];

/** The metadata that says so. */
export const RECORDED_FROM = 'recorded-from';

/** A recording in the bucket. */
export interface Recording {
  /** Of the .wav file, header included. */
  readonly sizeBytes: number;
  readonly durationMs: number;
  /** False if some of what the caller said is missing. */
  readonly isComplete: boolean;
  /** True if nothing was said, or the recording is shorter than the settings want one. */
  readonly isBlank: boolean;
  /** Set for a blank recording that is short, and not silent: somebody may have said something. */
  readonly hasSound?: true | undefined;
  /** Absent for those of earlier versions. */
  readonly recordedFrom?: RecordedFrom | undefined;
  /** Set if it was archived where it does not play, and whether somebody has asked for it. */
  readonly archive?: 'archived' | 'restoring' | undefined;
}

/** The same, by its object. */
export interface SavedRecording extends Recording {
  /** All that the object has, the caller's number too: they say whose recording it is, see `voicemailAt`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The metadata that says `false` if some of what the caller said is missing. */
export const IS_COMPLETE = 'is-complete';

/** The metadata that says `true` if nothing was said. */
export const BLANK = 'blank';

/** The metadata that says `true` if a blank recording is blank for its shortness alone. */
export const HAS_SOUND = 'has-sound';

/** What an object in the bucket says of its recording. Adapters ask for it, so that a step need not. */
export function toSavedRecording({
  sizeBytes,
  metadata,
  archive,
}: Pick<SavedRecording, 'sizeBytes' | 'metadata' | 'archive'>): SavedRecording {
  const recordedFrom = SOURCES.find((source) => source === metadata[RECORDED_FROM]);
  return {
    sizeBytes,
    durationMs: durationMsOf(sizeBytes),
    isComplete: metadata[IS_COMPLETE] !== 'false',
    isBlank: metadata[BLANK] === 'true',
    ...(metadata[HAS_SOUND] === 'true' && { hasSound: true }),
    ...(recordedFrom && { recordedFrom }),
    ...(archive && { archive }),
    metadata,
  };
}
