import { bucketReading } from '../bucket-reading.ts';
import type { S3Operation, S3Parts } from '../parts.ts';

/** GetBucketRequestPayment: the owner pays. Source: Amazon S3 API Reference. */
export function getBucketRequestPayment(s3: S3Parts): S3Operation {
  return bucketReading(s3, {
    name: 'GetBucketRequestPayment',
    action: 's3:GetBucketRequestPayment',
    root: 'RequestPaymentConfiguration',
    content: () => ({ Payer: 'BucketOwner' }),
  });
}
