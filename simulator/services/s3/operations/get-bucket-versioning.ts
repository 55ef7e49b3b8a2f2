import { bucketReading } from '../bucket-reading.ts';
import type { S3Operation, S3Parts } from '../parts.ts';

/** GetBucketVersioning: empty for a bucket that never had it. Source: Amazon S3 API Reference. */
export function getBucketVersioning(s3: S3Parts): S3Operation {
  return bucketReading(s3, {
    name: 'GetBucketVersioning',
    action: 's3:GetBucketVersioning',
    root: 'VersioningConfiguration',
    content: ({ versioned, settings }) => (versioned ? { Status: 'Enabled' } : (settings?.versioning ?? {})),
  });
}
