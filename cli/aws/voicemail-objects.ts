import { GetObjectCommand, HeadObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { NOT_FOUND, statusOf } from '../../src/adapters/aws-errors.ts';
import { isArchivedError } from '../../src/adapters/s3-archive.ts';
import { s3Recordings } from '../../src/adapters/s3-recordings.ts';
import { PermanentError } from '../../src/domain/errors.ts';
import { keysOf, parseKey, type VoicemailKeys } from '../../src/domain/object-keys.ts';
import { type SavedRecording, fromRecordingMetadata } from '../../src/domain/recording-metadata.ts';
import { readTranscript } from '../../src/domain/transcript.ts';
import type { Voicemail } from '../../src/domain/voicemail.ts';
import { RefusedError } from '../command.ts';
import { type AskedPlace, askAws } from './ask-aws.ts';
import { PATIENT } from './patience.ts';

/** The objects of one voicemail in the buckets. */
export interface VoicemailObjects {
  readonly keys: VoicemailKeys;
  /** Absent if there is none. */
  readonly recording?: SavedRecording | undefined;
  readonly hasTranscript: boolean;
}

/** A recording; the ledger may have no entry for it. */
export interface LoneRecording extends VoicemailObjects {
  readonly recording: SavedRecording;
  /** Read from the recording's metadata. */
  readonly voicemail: Voicemail;
  readonly isBlank: boolean;
}

/** A transcript, or why it has no words, with the reason that AWS gave. */
type ShownTranscript =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'gap'; readonly why: string };

export interface ObjectFinder {
  readonly objectsOf: (keys: VoicemailKeys) => Promise<VoicemailObjects>;
  /** Undefined: there is none. */
  readonly transcriptOf: (keys: VoicemailKeys) => Promise<ShownTranscript | undefined>;
  /** Why an existing transcript has no words, with the reason that AWS gave; undefined if it has words. */
  readonly gapOf: (keys: VoicemailKeys) => Promise<string | undefined>;
  /** Finds a recording by the contact's id or by its key. */
  readonly findRecording: (contactIdOrKey: string) => Promise<LoneRecording | undefined>;
}

const ARCHIVED: ShownTranscript = { kind: 'gap', why: 'it is archived' };

const FOLDER = 'recordings/';
const DEPTH_OF_A_DAY = 3;

/** Recordings and transcripts, for operators. All functions throw RefusedError with a message for operators. */
export function objectFinder(
  { recordingsBucket, transcriptsBucket }: { recordingsBucket: string; transcriptsBucket: string },
  place: AskedPlace,
): ObjectFinder {
  const s3 = new S3Client({ ...place, ...PATIENT });
  const recordings = s3Recordings(s3, recordingsBucket);
  const listIn: ListNames = (folder, what) =>
    askAws('s3:ListBucket', place, () => namesIn(s3, { bucket: recordingsBucket, folder, what }));

  const recordingAt = (key: string) =>
    askAws('s3:GetObject', place, () => recordings.findRecordingObject(key));

  async function isThere(Bucket: string, Key: string): Promise<boolean> {
    return askAws('s3:GetObject', place, async () => {
      try {
        await s3.send(new HeadObjectCommand({ Bucket, Key }));
        return true;
      } catch (error) {
        if (statusOf(error) === NOT_FOUND) return false;
        throw error;
      }
    });
  }

  async function objectsOf(keys: VoicemailKeys): Promise<VoicemailObjects> {
    const [recording, hasTranscript] = await Promise.all([
      recordingAt(keys.recordingKey),
      isThere(transcriptsBucket, keys.transcriptKey),
    ]);
    return { keys, recording, hasTranscript };
  }

  async function transcriptOf({ transcriptKey: Key }: VoicemailKeys): Promise<ShownTranscript | undefined> {
    const json = await askAws('s3:GetObject', place, async () => {
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: transcriptsBucket, Key }));
        return (await Body?.transformToString()) ?? '';
      } catch (error) {
        if (statusOf(error) === NOT_FOUND) return undefined;
        if (isArchivedError(error)) return ARCHIVED;
        throw error;
      }
    });
    return typeof json === 'string' ? transcriptIn(json) : json;
  }

  async function gapOf(keys: VoicemailKeys): Promise<string | undefined> {
    const transcript = await transcriptOf(keys);
    return transcript?.kind === 'gap' ? transcript.why : undefined;
  }

  return {
    objectsOf,
    transcriptOf,
    gapOf,
    findRecording: async (contactIdOrKey) => {
      const key = contactIdOrKey.includes('/') ? contactIdOrKey : await keyOf(contactIdOrKey, listIn);
      if (key === undefined) return undefined;
      const { recording, ...rest } = await objectsOf(parseKey(key));
      if (!recording) return undefined;
      const voicemail = voicemailIn(recording, key);
      return { ...rest, recording, voicemail, isBlank: recording.isBlank, keys: keysOf(voicemail) };
    },
  };
}

/** Lists the folders within a folder, or the objects whose keys begin with that text. */
type ListNames = (prefix: string, what: 'folders' | 'objects') => Promise<readonly string[]>;

async function namesIn(
  client: S3Client,
  { bucket, folder, what }: { bucket: string; folder: string; what: 'folders' | 'objects' },
): Promise<readonly string[]> {
  const input = { Bucket: bucket, Prefix: folder, ...(what === 'folders' && { Delimiter: '/' }) };
  const found: string[] = [];
  for await (const page of paginateListObjectsV2({ client }, input)) {
    const names =
      what === 'folders'
        ? page.CommonPrefixes?.map(({ Prefix }) => Prefix)
        : page.Contents?.map(({ Key }) => Key);
    found.push(...(names ?? []).filter((name) => name !== undefined));
  }
  return found;
}

/** The key has the day of the call in it, which is not known: this looks at the newest days first. */
async function keyOf(
  contactId: string,
  list: ListNames,
  folder = FOLDER,
  depth = 0,
): Promise<string | undefined> {
  if (depth === DEPTH_OF_A_DAY) {
    const keys = await list(`${folder}${contactId}.wav`, 'objects');
    return keys[0];
  }
  for (const below of (await list(folder, 'folders')).toReversed()) {
    const key = await keyOf(contactId, list, below, depth + 1);
    if (key !== undefined) return key;
  }
  return undefined;
}

function transcriptIn(json: string): ShownTranscript {
  try {
    const transcript = readTranscript(json);
    if (transcript.kind === 'text') return transcript;
    const { gap, language, detail } = transcript;
    return { kind: 'gap', why: [gap, language, detail].filter(Boolean).join(', ') };
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    return { kind: 'gap', why: error.message };
  }
}

function voicemailIn({ metadata }: SavedRecording, key: string): Voicemail {
  try {
    return fromRecordingMetadata(metadata);
  } catch (error) {
    throw new RefusedError(`${key} does not say whose recording it is: its metadata cannot be read`, {
      cause: error,
    });
  }
}
