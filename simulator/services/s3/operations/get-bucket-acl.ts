import { aclOf } from '../acl.ts';
import { bucketReading } from '../bucket-reading.ts';
import type { S3Operation, S3Parts } from '../parts.ts';

/** GetBucketAcl: the owner's alone. Source: Amazon S3 API Reference. */
export function getBucketAcl(s3: S3Parts): S3Operation {
  return bucketReading(s3, {
    name: 'GetBucketAcl',
    action: 's3:GetBucketAcl',
    root: 'AccessControlPolicy',
    content: () => aclOf(s3.account),
  });
}
