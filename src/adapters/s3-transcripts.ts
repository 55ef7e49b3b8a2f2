import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { readTranscript } from '../domain/transcript.ts';
import type { DeliverVoicemailPorts } from '../steps/deliver-voicemail.ts';
import type { StartJobPorts } from '../steps/start-job.ts';
import { fromAws, PRECONDITION_FAILED, statusOf } from './aws-errors.ts';
import { isArchivedError } from './s3-archive.ts';

/** Reads transcripts, and writes stand-ins for those that will not come. */
export function s3Transcripts(
  s3: S3Client,
  bucket: string,
): Pick<DeliverVoicemailPorts, 'findTranscript'> & Pick<StartJobPorts, 'putStandIn'> {
  return {
    findTranscript: async (transcriptKey) => {
      let json: string | undefined;
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: transcriptKey }));
        json = await Body?.transformToString();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        if (isArchivedError(error)) return { kind: 'gap', gap: 'ARCHIVED' };
        throw fromAws(error, 's3:GetObject');
      }
      return readTranscript(json ?? '');
    },
    // Never overwrites a transcript: the first one stays.
    putStandIn: async (transcriptKey, body) => {
      const object = { Bucket: bucket, Key: transcriptKey, Body: body, IfNoneMatch: '*' };
      try {
        await s3.send(new PutObjectCommand({ ...object, ContentType: 'application/json' }));
        return 'written';
      } catch (error) {
        if (statusOf(error) === PRECONDITION_FAILED) return 'there-already';
        throw fromAws(error, 's3:PutObject');
      }
    },
  };
}
