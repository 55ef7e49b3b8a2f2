import { AwsError } from '../../../service.ts';
import { requireBucket, type S3Operation, type S3Parts } from '../parts.ts';
import { bucketArn } from '../s3-names.ts';
import { taggingXml } from '../tagging.ts';

/** GetBucketTagging. Source: Amazon S3 API Reference. */
export function getBucketTagging(s3: S3Parts): S3Operation {
  return {
    name: 'GetBucketTagging',
    needs: ({ bucketName }) => [{ action: 's3:GetBucketTagging', resource: bucketArn(s3, bucketName) }],
    answer({ bucketName }) {
      const { tags = {} } = requireBucket(s3, bucketName);
      if (Object.keys(tags).length === 0) {
        const members = { BucketName: bucketName };
        throw new AwsError('NoSuchTagSet', 404, 'The TagSet does not exist', members);
      }
      return { status: 200, headers: { 'content-type': 'application/xml' }, body: taggingXml(tags) };
    },
  };
}
