import { bucketReading } from '../bucket-reading.ts';
import { notConfigured } from '../errors.ts';
import type { S3Operation, S3Parts } from '../parts.ts';

/** GetBucketWebsite: no bucket is one here. Source: Amazon S3 API Reference. */
export function getBucketWebsite(s3: S3Parts): S3Operation {
  return bucketReading(s3, {
    name: 'GetBucketWebsite',
    action: 's3:GetBucketWebsite',
    root: 'WebsiteConfiguration',
    content: ({ name }) =>
      notConfigured(
        name,
        'NoSuchWebsiteConfiguration',
        'The specified bucket does not have a website configuration',
      ),
  });
}
