import { bucketReading } from '../bucket-reading.ts';
import type { S3Operation, S3Parts } from '../parts.ts';

/** GetBucketOwnershipControls. A bucket that says nothing of it has no ACLs, as AWS makes buckets since 2023. Source: Amazon S3 API Reference. */
export function getBucketOwnershipControls(s3: S3Parts): S3Operation {
  return bucketReading(s3, {
    name: 'GetBucketOwnershipControls',
    action: 's3:GetBucketOwnershipControls',
    root: 'OwnershipControls',
    content: ({ settings }) =>
      settings?.ownershipControls ?? { Rule: { ObjectOwnership: 'BucketOwnerEnforced' } },
  });
}
