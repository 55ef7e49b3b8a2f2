import { type KeptRecording, savedAs } from '../../src/domain/recording-metadata.ts';
import { GetObjectCommand, HeadObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { s3Recordings } from '../../src/adapters/s3-recordings.ts';
import { PermanentError } from '../../src/domain/errors.ts';
import { keysOf, parseKey, type VoicemailKeys } from '../../src/domain/object-keys.ts';
import { fromRecordingMetadata } from '../../src/domain/recording-metadata.ts';
import { readTranscript } from '../../src/domain/transcript.ts';
import type { Voicemail } from '../../src/domain/voicemail.ts';
import { RefusedError } from '../command.ts';
import { type AskedPlace, askAws, statusOf } from './ask-aws.ts';

/** What lies in the buckets of one voicemail. */
export interface VoicemailObjects {
  readonly keys: VoicemailKeys;
  /** Absent if there is none. */
  readonly recording?: KeptRecording | undefined;
  readonly hasTranscript: boolean;
}

/** A recording of which the ledger need not know anything. */
export interface LoneRecording extends VoicemailObjects {
  /** As the recording's metadata tell it. */
  readonly voicemail: Voicemail;
  readonly isBlank: boolean;
}

export interface ObjectFinder {
  readonly objectsOf: (keys: VoicemailKeys) => Promise<VoicemailObjects>;
  /** Why the transcript that is there has no words, with what AWS said; undefined if it has some. */
  readonly gapOf: (keys: VoicemailKeys) => Promise<string | undefined>;
  /** By the contact's id, or the recording's key. */
  readonly findRecording: (contactIdOrKey: string) => Promise<LoneRecording | undefined>;
}

const NOT_FOUND = 404;
const FOLDER = 'recordings/';
const DEPTH_OF_A_DAY = 3;

/** Recordings and transcripts, for operators. Everything throws RefusedError, in words. */
export function objectFinder(
  { recordingsBucket, transcriptsBucket }: { recordingsBucket: string; transcriptsBucket: string },
  place: AskedPlace,
): ObjectFinder {
  const s3 = new S3Client(place);
  const recordings = s3Recordings(s3, recordingsBucket);

  const recordingAt = (key: string) =>
    askAws('s3:GetObject', place, async () => {
      try {
        return await recordings.findRecordingObject(key);
      } catch (error) {
        throw error instanceof Error && error.cause ? error.cause : error;
      }
    });

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

  async function gapOf({ transcriptKey: Key }: VoicemailKeys): Promise<string | undefined> {
    const json = await askAws('s3:GetObject', place, async () => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: transcriptsBucket, Key }));
      return Body?.transformToString();
    });
    return gapIn(json ?? '');
  }

  /** The folders within one, or the objects whose keys begin so. */
  async function list(Prefix: string, what: 'folders' | 'objects'): Promise<readonly string[]> {
    const input = { Bucket: recordingsBucket, Prefix, ...(what === 'folders' && { Delimiter: '/' }) };
    const found: string[] = [];
    await askAws('s3:ListBucket', place, async () => {
      for await (const page of paginateListObjectsV2({ client: s3 }, input)) {
        const names =
          what === 'folders'
            ? page.CommonPrefixes?.map((folder) => folder.Prefix)
            : page.Contents?.map((object) => object.Key);
        found.push(...(names ?? []).filter((name) => name !== undefined));
      }
    });
    return found;
  }

  /** The key says on which day the call was, and nobody knows: the newest days first. */
  async function keyOf(contactId: string, folder = FOLDER, depth = 0): Promise<string | undefined> {
    if (depth === DEPTH_OF_A_DAY) {
      const keys = await list(`${folder}${contactId}.wav`, 'objects');
      return keys[0];
    }
    for (const below of (await list(folder, 'folders')).toReversed()) {
      const key = await keyOf(contactId, below, depth + 1);
      if (key !== undefined) return key;
    }
    return undefined;
  }

  return {
    objectsOf,
    gapOf,
    findRecording: async (contactIdOrKey) => {
      const key = contactIdOrKey.includes('/') ? contactIdOrKey : await keyOf(contactIdOrKey);
      if (key === undefined) return undefined;
      const { recording, ...rest } = await objectsOf(parseKey(key));
      if (!recording) return undefined;
      const voicemail = voicemailIn(recording, key);
      return { ...rest, recording, voicemail, isBlank: savedAs(recording).isBlank, keys: keysOf(voicemail) };
    },
  };
}

function gapIn(json: string): string | undefined {
  try {
    const transcript = readTranscript(json);
    if (transcript.kind === 'text') return undefined;
    const { gap, language, detail } = transcript;
    return [gap, language, detail].filter(Boolean).join(', ');
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    return error.message;
  }
}

function voicemailIn({ metadata }: KeptRecording, key: string): Voicemail {
  try {
    return fromRecordingMetadata(metadata);
  } catch (error) {
    throw new RefusedError(`${key} does not say whose recording it is: its metadata cannot be read`, {
      cause: error,
    });
  }
}
