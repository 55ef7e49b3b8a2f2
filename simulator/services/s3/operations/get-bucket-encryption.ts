import { requireBucket, type S3Operation, type S3Parts } from '../parts.ts';
import { bucketArn } from '../s3-names.ts';
import { s3Xml } from '../xml.ts';

/** GetBucketEncryption: S3's own keys, or those of KMS. Source: Amazon S3 API Reference. */
export function getBucketEncryption(s3: S3Parts): S3Operation {
  return {
    name: 'GetBucketEncryption',
    needs: ({ bucketName }) => [
      { action: 's3:GetEncryptionConfiguration', resource: bucketArn(s3, bucketName) },
    ],
    answer({ bucketName }) {
      const { encryption } = requireBucket(s3, bucketName);
      return {
        status: 200,
        headers: { 'content-type': 'application/xml' },
        body: s3Xml('ServerSideEncryptionConfiguration', {
          Rule: {
            ApplyServerSideEncryptionByDefault: encryption
              ? {
                  SSEAlgorithm: 'aws:kms',
                  ...(encryption.keyArn !== undefined && { KMSMasterKeyID: encryption.keyArn }),
                }
              : { SSEAlgorithm: 'AES256' },
            BucketKeyEnabled: 'false',
          },
        }),
      };
    },
  };
}
