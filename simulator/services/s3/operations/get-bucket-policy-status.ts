import { bucketReading } from '../bucket-reading.ts';
import { noSuchBucketPolicy } from '../errors.ts';
import type { S3Operation, S3Parts } from '../parts.ts';
import { isPublic } from '../public-policy.ts';

/** GetBucketPolicyStatus: whether the policy lets the public in. Source: Amazon S3 API Reference. */
export function getBucketPolicyStatus(s3: S3Parts): S3Operation {
  return bucketReading(s3, {
    name: 'GetBucketPolicyStatus',
    action: 's3:GetBucketPolicyStatus',
    root: 'PolicyStatus',
    content: ({ name, policy }) =>
      policy === undefined ? noSuchBucketPolicy(name) : { IsPublic: String(isPublic(policy)) },
  });
}
