import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { awsCall } from './aws-call.ts';

/** Keeps the payload of a contact record that cannot be processed, for a person to look at. */
export function s3Failures(s3: S3Client, bucket: string) {
  return async ({
    sequenceNumber,
    payload,
  }: {
    sequenceNumber: string;
    payload: Uint8Array;
  }): Promise<void> => {
    const object = { Bucket: bucket, Key: `malformed-records/${sequenceNumber}`, Body: payload };
    await awsCall('s3:PutObject', s3.send(new PutObjectCommand(object)));
  };
}
