import { bucketReading } from '../bucket-reading.ts';
import { notConfigured } from '../errors.ts';
import type { S3Operation, S3Parts } from '../parts.ts';

/** GetObjectLockConfiguration: nothing is locked here. Source: Amazon S3 API Reference. */
export function getObjectLockConfiguration(s3: S3Parts): S3Operation {
  return bucketReading(s3, {
    name: 'GetObjectLockConfiguration',
    action: 's3:GetBucketObjectLockConfiguration',
    root: 'ObjectLockConfiguration',
    content: ({ name }) =>
      notConfigured(
        name,
        'ObjectLockConfigurationNotFoundError',
        'Object Lock configuration does not exist for this bucket',
      ),
  });
}
