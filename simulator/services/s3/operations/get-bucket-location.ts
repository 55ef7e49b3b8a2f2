import { requireBucket, type S3Operation, type S3Parts } from '../parts.ts';
import { bucketArn } from '../s3-names.ts';
import { s3Xml } from '../xml.ts';

/** GetBucketLocation. us-east-1 is the empty name. Source: Amazon S3 API Reference. */
export function getBucketLocation(s3: S3Parts): S3Operation {
  return {
    name: 'GetBucketLocation',
    needs: ({ bucketName }) => [{ action: 's3:GetBucketLocation', resource: bucketArn(s3, bucketName) }],
    answer({ bucketName }) {
      requireBucket(s3, bucketName);
      const { region } = s3.account;
      return {
        status: 200,
        headers: { 'content-type': 'application/xml' },
        body: s3Xml('LocationConstraint', region === 'us-east-1' ? {} : { '#text': region }),
      };
    },
  };
}
