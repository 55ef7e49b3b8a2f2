import { bucketReading } from '../bucket-reading.ts';
import type { S3Operation, S3Parts } from '../parts.ts';

/** GetBucketAccelerateConfiguration: empty, as of a bucket that never was accelerated. Source: Amazon S3 API Reference. */
export function getBucketAccelerateConfiguration(s3: S3Parts): S3Operation {
  return bucketReading(s3, {
    name: 'GetBucketAccelerateConfiguration',
    action: 's3:GetAccelerateConfiguration',
    root: 'AccelerateConfiguration',
    content: () => ({}),
  });
}
