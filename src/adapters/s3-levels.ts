import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { KeepAudioPorts } from '../steps/keep-audio.ts';
import { awsCall } from './aws-call.ts';

/** Keeps the levels of recordings as JSON beside them, in the same bucket. */
export function s3Levels(s3: S3Client, bucket: string): Pick<KeepAudioPorts, 'keepLevels'> {
  return {
    keepLevels: async (levelsKey, levels) => {
      const object = { Bucket: bucket, Key: levelsKey, Body: JSON.stringify(levels) };
      const command = new PutObjectCommand({ ...object, ContentType: 'application/json' });
      await awsCall('s3:PutObject', s3.send(command));
    },
  };
}
