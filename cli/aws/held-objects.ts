import {
  CopyObjectCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { NOT_FOUND, nameOf, statusOf } from '../../src/adapters/aws-errors.ts';
import { isArchivedError } from '../../src/adapters/s3-archive.ts';
import { HELD_FOLDER, heldKeyOf, type VoicemailKeys } from '../../src/domain/object-keys.ts';
import { type AskedPlace, askAws } from './ask-aws.ts';
import type { Asker } from './asker.ts';
import { PATIENT } from './patience.ts';

/** `archived`: it must be restored before it is copied. */
type KeptCopy = 'kept' | 'missing' | 'archived';

/** The copies that holds keep. Everything throws RefusedError, in words. */
export interface HeldObjects {
  /** Copies what is there, and says of what there is a copy now. What is gone may have one of an earlier hold. */
  readonly keep: (
    keys: VoicemailKeys,
  ) => Promise<{ readonly recording: KeptCopy; readonly transcript: KeptCopy }>;
  /** Deletes the copies; for some days their versions can be brought back. */
  readonly discard: (keys: VoicemailKeys) => Promise<void>;
}

export function heldObjects(
  { recordingsBucket, transcriptsBucket }: { recordingsBucket: string; transcriptsBucket: string },
  place: AskedPlace,
): HeldObjects {
  const s3 = new S3Client({ ...place, ...PATIENT });

  async function copied(Bucket: string, key: string): Promise<KeptCopy> {
    const source = `${Bucket}/${key}`.split('/').map(encodeURIComponent).join('/');
    const command = new CopyObjectCommand({ Bucket, Key: heldKeyOf(key), CopySource: source });
    return askAws('s3:PutObject', place, async () => {
      try {
        await s3.send(command);
        return 'kept';
      } catch (error) {
        const isArchived = isArchivedError(error);
        if (!isArchived && nameOf(error) !== 'NoSuchKey') throw error;
        if (await isKept(Bucket, key)) return 'kept';
        return isArchived ? 'archived' : 'missing';
      }
    });
  }

  /** By an earlier hold. */
  async function isKept(Bucket: string, key: string): Promise<boolean> {
    try {
      await s3.send(new HeadObjectCommand({ Bucket, Key: heldKeyOf(key) }));
      return true;
    } catch (error) {
      if (statusOf(error) === NOT_FOUND) return false;
      throw error;
    }
  }

  const removed = (Bucket: string, key: string) =>
    askAws('s3:DeleteObject', place, () => s3.send(new DeleteObjectCommand({ Bucket, Key: heldKeyOf(key) })));

  return {
    async keep({ recordingKey, transcriptKey }) {
      const recording = await copied(recordingsBucket, recordingKey);
      return { recording, transcript: await copied(transcriptsBucket, transcriptKey) };
    },
    async discard({ recordingKey, transcriptKey }) {
      await removed(recordingsBucket, recordingKey);
      await removed(transcriptsBucket, transcriptKey);
    },
  };
}

/** Whether a bucket has something that is held. One that is not there has nothing. */
export async function hasHeldObjects(Bucket: string, { client, place }: Asker): Promise<boolean> {
  const command = new ListObjectsV2Command({ Bucket, Prefix: HELD_FOLDER, MaxKeys: 1 });
  return askAws('s3:ListBucket', place, async () => {
    try {
      const { KeyCount = 0 } = await client(S3Client).send(command);
      return KeyCount > 0;
    } catch (error) {
      if (nameOf(error) === 'NoSuchBucket') return false;
      throw error;
    }
  });
}
