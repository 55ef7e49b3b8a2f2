import { bucketReading } from '../bucket-reading.ts';
import type { S3Operation, S3Parts } from '../parts.ts';

/** GetBucketLogging: empty where access is not logged. Source: Amazon S3 API Reference. */
export function getBucketLogging(s3: S3Parts): S3Operation {
  return bucketReading(s3, {
    name: 'GetBucketLogging',
    action: 's3:GetBucketLogging',
    root: 'BucketLoggingStatus',
    content: ({ settings }) => settings?.logging ?? {},
  });
}
