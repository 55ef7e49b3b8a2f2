import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { savedNameOf } from '../domain/object-keys.ts';
import type { OpenRecordingPorts } from '../steps/open-recording.ts';

/**
 * Every seek of a player is a new request, so the URL must be valid until the listener has finished, pauses
 * included.
 */
const PLAYABLE_SECONDS = 900;

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
