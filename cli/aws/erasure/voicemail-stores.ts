import { S3Client } from '@aws-sdk/client-s3';
import {
  DeleteTranscriptionJobCommand,
  GetTranscriptionJobCommand,
  TranscribeClient,
} from '@aws-sdk/client-transcribe';
import { nameOf } from '../../../src/adapters/aws-errors.ts';
import { heldKeyOf, type VoicemailKeys } from '../../../src/domain/object-keys.ts';
import { jobNameOf, secondJobNameOf } from '../../../src/domain/transcript.ts';
import { type AskedPlace, askAws } from '../ask-aws.ts';
import { PATIENT } from '../patience.ts';
import { deleteVersions, type Version, versionsOf } from './object-versions.ts';

/** What there is of a voicemail outside the ledger. */
export interface Stored {
  /** Versions of its objects, with their names in words. */
  readonly objects: readonly { readonly what: string; readonly key: string; readonly versions: number }[];
  readonly jobs: readonly { readonly name: string; readonly isRunning: boolean }[];
}

/** Everything throws RefusedError, in words. */
export interface VoicemailStores {
  readonly find: (keys: VoicemailKeys) => Promise<Stored>;
  /** Deletes every version of every object, and each job that has ended. Returns what there was. */
  readonly remove: (keys: VoicemailKeys) => Promise<Stored>;
}

interface Buckets {
  readonly recordingsBucket: string;
  readonly transcriptsBucket: string;
}

export function voicemailStores(buckets: Buckets, place: AskedPlace): VoicemailStores {
  const s3 = new S3Client({ ...place, ...PATIENT });
  const transcribe = new TranscribeClient({ ...place, ...PATIENT });

  async function objectsOf(keys: VoicemailKeys) {
    const found: { readonly what: string; readonly key: string; readonly versions: readonly Version[] }[] =
      [];
    for (const { what, ...object } of objectsIn(keys, buckets)) {
      const versions = await versionsOf(object, s3, place);
      if (versions.length > 0) found.push({ what, key: object.Key, versions });
    }
    return found;
  }

  async function jobsOf({ contactId }: VoicemailKeys): Promise<Stored['jobs']> {
    const found: { readonly name: string; readonly isRunning: boolean }[] = [];
    for (const name of [jobNameOf(contactId), secondJobNameOf(contactId)]) {
      const command = new GetTranscriptionJobCommand({ TranscriptionJobName: name });
      const status = await askAws('transcribe:GetTranscriptionJob', place, () =>
        transcribe
          .send(command)
          .then(({ TranscriptionJob }) => TranscriptionJob?.TranscriptionJobStatus)
          .catch(unlessNoJob),
      );
      if (status !== undefined) found.push({ name, isRunning: !ENDED.has(status) });
    }
    return found;
  }

  async function removeJob(TranscriptionJobName: string): Promise<void> {
    const command = new DeleteTranscriptionJobCommand({ TranscriptionJobName });
    await askAws('transcribe:DeleteTranscriptionJob', place, () =>
      transcribe.send(command).catch(unlessNoJob),
    );
  }

  return {
    find: async (keys) => ({ objects: counted(await objectsOf(keys)), jobs: await jobsOf(keys) }),
    async remove(keys) {
      // A job that has ended has written its transcript: so the objects come last.
      const jobs = await jobsOf(keys);
      for (const { name, isRunning } of jobs) if (!isRunning) await removeJob(name);
      const objects = await objectsOf(keys);
      for (const { versions } of objects) await deleteVersions(versions, s3, place);
      return { objects: counted(objects), jobs };
    },
  };
}

const ENDED: ReadonlySet<string> = new Set(['COMPLETED', 'FAILED']);

function counted(objects: readonly { what: string; key: string; versions: readonly Version[] }[]) {
  return objects.map(({ what, key, versions }) => ({ what, key, versions: versions.length }));
}

/** The recording's levels are an object of versions before 0.7. */
function objectsIn(
  { recordingKey, transcriptKey }: VoicemailKeys,
  { recordingsBucket, transcriptsBucket }: Buckets,
) {
  const levelsKey = recordingKey.replace(/\.wav$/, '.levels.json');
  return [
    { what: 'recording', Bucket: recordingsBucket, Key: recordingKey },
    { what: 'loudness', Bucket: recordingsBucket, Key: levelsKey },
    { what: 'copy of a hold', Bucket: recordingsBucket, Key: heldKeyOf(recordingKey) },
    { what: 'transcript', Bucket: transcriptsBucket, Key: transcriptKey },
    { what: 'copy of a hold', Bucket: transcriptsBucket, Key: heldKeyOf(transcriptKey) },
  ];
}

/** Amazon Transcribe answers 400 for a job that is not there, with these names. */
const NO_JOB: ReadonlySet<string> = new Set(['NotFoundException', 'BadRequestException']);

function unlessNoJob(error: unknown): undefined {
  if (error instanceof Error && NO_JOB.has(nameOf(error))) return undefined;
  throw error;
}
