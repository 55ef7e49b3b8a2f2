import { noSuchBucketPolicy } from '../errors.ts';
import { requireBucket, type S3Operation, type S3Parts } from '../parts.ts';
import { bucketArn } from '../s3-names.ts';

/** GetBucketPolicy: the body is the policy itself. Source: Amazon S3 API Reference. */
export function getBucketPolicy(s3: S3Parts): S3Operation {
  return {
    name: 'GetBucketPolicy',
    needs: ({ bucketName }) => [{ action: 's3:GetBucketPolicy', resource: bucketArn(s3, bucketName) }],
    answer({ bucketName }) {
      const { policy } = requireBucket(s3, bucketName);
      if (policy === undefined) throw noSuchBucketPolicy(bucketName);
      return { status: 200, headers: { 'content-type': 'application/json' }, body: policy };
    },
  };
}
