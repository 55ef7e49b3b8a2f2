import { bucketReading } from '../bucket-reading.ts';
import type { S3Operation, S3Parts } from '../parts.ts';

/** GetBucketLocation. us-east-1 is the empty name. Source: Amazon S3 API Reference. */
export function getBucketLocation(s3: S3Parts): S3Operation {
  const { region } = s3.account;
  return bucketReading(s3, {
    name: 'GetBucketLocation',
    action: 's3:GetBucketLocation',
    root: 'LocationConstraint',
    content: () => (region === 'us-east-1' ? {} : { '#text': region }),
  });
}
