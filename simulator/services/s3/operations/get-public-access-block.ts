import { bucketReading } from '../bucket-reading.ts';
import type { S3Operation, S3Parts } from '../parts.ts';

const ALL_BLOCKED = {
  BlockPublicAcls: 'true',
  IgnorePublicAcls: 'true',
  BlockPublicPolicy: 'true',
  RestrictPublicBuckets: 'true',
};

/** GetPublicAccessBlock. A bucket that says nothing of it blocks all, as AWS makes buckets since 2023. Source: Amazon S3 API Reference. */
export function getPublicAccessBlock(s3: S3Parts): S3Operation {
  return bucketReading(s3, {
    name: 'GetPublicAccessBlock',
    action: 's3:GetBucketPublicAccessBlock',
    root: 'PublicAccessBlockConfiguration',
    content: ({ settings }) => settings?.publicAccessBlock ?? ALL_BLOCKED,
  });
}
