import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { savedNameOf } from '../domain/object-keys.ts';
import type { OpenRecordingPorts } from '../steps/open-recording.ts';
import { awsCall } from './aws-call.ts';

/**
 * Every seek of a player is a new request, so the URL must be valid until the listener has finished, pauses
 * included.
 */
const PLAYABLE_SECONDS = 900;

/** Amazon Connect reads an attachment when it makes the task, or soon after: its documentation does not say. */
const ATTACHABLE_SECONDS = 900;

/** URLs by which Amazon Connect reads a recording that it attaches to a task: as short as they can be. */
export function attachableRecordings(s3: S3Client, bucket: string): (key: string) => Promise<string> {
  return (key) => {
    const signed = getSignedUrl(s3, new GetObjectCommand({ Bucket: bucket, Key: key }), {
      expiresIn: ATTACHABLE_SECONDS,
    });
    return awsCall('s3:GetObject', signed);
  };
}

/** URLs that play a recording in a browser. A URL is valid for one HTTP method, because S3 signs that too. */
export function presignedRecordings(s3: S3Client, bucket: string): OpenRecordingPorts['presign'] {
  return (key, method) => {
    const object = {
      Bucket: bucket,
      Key: key,
      ResponseContentType: 'audio/wav',
      ResponseContentDisposition: `inline; filename="${savedNameOf(key)}"`,
      ResponseCacheControl: 'private, no-store',
    };
    const command = method === 'GET' ? new GetObjectCommand(object) : new HeadObjectCommand(object);
    return getSignedUrl(s3, command, { expiresIn: PLAYABLE_SECONDS });
  };
}
