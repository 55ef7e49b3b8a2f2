import { bucketReading } from '../bucket-reading.ts';
import { notConfigured } from '../errors.ts';
import type { S3Operation, S3Parts } from '../parts.ts';

/** GetBucketCors. Source: Amazon S3 API Reference. */
export function getBucketCors(s3: S3Parts): S3Operation {
  return bucketReading(s3, {
    name: 'GetBucketCors',
    action: 's3:GetBucketCORS',
    root: 'CORSConfiguration',
    content: ({ name, settings }) =>
      settings?.cors ??
      notConfigured(name, 'NoSuchCORSConfiguration', 'The CORS configuration does not exist'),
  });
}
