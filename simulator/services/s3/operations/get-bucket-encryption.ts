import type { Bucket } from '../bucket.ts';
import { bucketReading } from '../bucket-reading.ts';
import type { S3Operation, S3Parts } from '../parts.ts';

/** GetBucketEncryption: S3's own keys, or those of KMS. Source: Amazon S3 API Reference. */
export function getBucketEncryption(s3: S3Parts): S3Operation {
  return bucketReading(s3, {
    name: 'GetBucketEncryption',
    action: 's3:GetEncryptionConfiguration',
    root: 'ServerSideEncryptionConfiguration',
    content: ({ encryption }) => ({
      Rule: {
        ApplyServerSideEncryptionByDefault: algorithmOf(encryption),
        BucketKeyEnabled: String(encryption?.hasBucketKey ?? false),
      },
    }),
  });
}

function algorithmOf(encryption: Bucket['encryption']) {
  if (!encryption) return { SSEAlgorithm: 'AES256' };
  const { keyArn } = encryption;
  return { SSEAlgorithm: 'aws:kms', ...(keyArn !== undefined && { KMSMasterKeyID: keyArn }) };
}
