import { Readable } from 'node:stream';
import { GetObjectCommand, NoSuchKey, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { RetryableError } from '../domain/errors.ts';
import type { IvrRecordings } from '../steps/save-ivr-recording.ts';
import { fromAws } from './aws-errors.ts';
import { timeLimits } from './time-limits.ts';

/**
 * Reads Amazon Connect's IVR recordings, as a stream, from the one bucket in its settings. Needs
 * s3:ListBucket too: without it S3 answers "forbidden" for a missing object, which becomes REFUSED.
 *
 * Errors: as `fromAws`, while reading too.
 */
export function s3CallAudio(
  { bucket, prefix }: { readonly bucket: string; readonly prefix?: string | undefined },
  client: S3ClientConfig = {},
): IvrRecordings {
  const s3 = new S3Client({ ...timeLimits('s3'), ...client });
  return {
    bucket,
    prefix: prefix ?? '',
    async open(key) {
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        if (Body instanceof Readable) return chunksOf(Body);
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw fromAws(error, 's3:GetObject');
      }
      throw new RetryableError('UNAVAILABLE', 's3:GetObject answered without an object');
    },
  };
}

async function* chunksOf(body: Readable): AsyncGenerator<Uint8Array, void, void> {
  try {
    for await (const chunk of body) if (chunk instanceof Uint8Array) yield chunk;
  } catch (error) {
    throw fromAws(error, 's3:GetObject, reading the recording,');
  }
}
