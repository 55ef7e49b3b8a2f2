import type { S3Operation, S3Parts } from '../parts.ts';
import { bucketArn } from '../s3-names.ts';

/** DeleteBucket: only one without versions and delete markers. Source: Amazon S3 API Reference. */
export function deleteBucket(s3: S3Parts): S3Operation {
  return {
    name: 'DeleteBucket',
    needs: ({ bucketName }) => [{ action: 's3:DeleteBucket', resource: bucketArn(s3, bucketName) }],
    answer({ bucketName }) {
      s3.deleteBucket(bucketName);
      return { status: 204 };
    },
  };
}
