import { bucketArn } from '../s3-names.ts';
import { requireBucket, type S3Operation, type S3Parts } from '../parts.ts';

export function headBucket(s3: S3Parts): S3Operation {
  return {
    name: 'HeadBucket',
    needs: ({ bucketName }) => [{ action: 's3:ListBucket', resource: bucketArn(s3, bucketName) }],
    answer({ bucketName }) {
      requireBucket(s3, bucketName);
      return { status: 200, headers: { 'x-amz-bucket-region': s3.account.region } };
    },
  };
}
