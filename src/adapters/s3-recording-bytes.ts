import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { PermanentError } from '../domain/errors.ts';
import type { ComposeEmailPorts } from '../steps/compose-email.ts';
import { awsCall } from './aws-call.ts';
import { fromAws } from './aws-errors.ts';

/**
 * Reads a whole recording into memory: check its size before. Throws PermanentError if it is gone or access
 * is denied.
 */
export function s3RecordingBytes(s3: S3Client, bucket: string): Pick<ComposeEmailPorts, 'readRecording'> {
  return {
    readRecording: async (key) => {
      const command = new GetObjectCommand({ Bucket: bucket, Key: key });
      const { Body } = await awsCall('s3:GetObject', s3.send(command));
      if (!Body) throw new PermanentError('MALFORMED_MEDIA', 's3:GetObject answered no body');
      try {
        return await Body.transformToByteArray();
      } catch (error) {
        throw fromAws(error, 's3:GetObject');
      }
    },
  };
}
