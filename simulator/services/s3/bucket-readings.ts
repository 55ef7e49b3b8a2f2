import { getBucketAccelerateConfiguration } from './operations/get-bucket-accelerate-configuration.ts';
import { getBucketAcl } from './operations/get-bucket-acl.ts';
import { getBucketCors } from './operations/get-bucket-cors.ts';
import { getBucketEncryption } from './operations/get-bucket-encryption.ts';
import { getBucketLifecycleConfiguration } from './operations/get-bucket-lifecycle-configuration.ts';
import { getBucketLocation } from './operations/get-bucket-location.ts';
import { getBucketLogging } from './operations/get-bucket-logging.ts';
import { getBucketNotificationConfiguration } from './operations/get-bucket-notification-configuration.ts';
import { getBucketOwnershipControls } from './operations/get-bucket-ownership-controls.ts';
import { getBucketPolicy } from './operations/get-bucket-policy.ts';
import { getBucketPolicyStatus } from './operations/get-bucket-policy-status.ts';
import { getBucketReplication } from './operations/get-bucket-replication.ts';
import { getBucketRequestPayment } from './operations/get-bucket-request-payment.ts';
import { getBucketTagging } from './operations/get-bucket-tagging.ts';
import { getBucketVersioning } from './operations/get-bucket-versioning.ts';
import { getBucketWebsite } from './operations/get-bucket-website.ts';
import { getObjectLockConfiguration } from './operations/get-object-lock-configuration.ts';
import { getPublicAccessBlock } from './operations/get-public-access-block.ts';
import type { S3Operation, S3Parts } from './parts.ts';

/** The operations that read how a bucket is set up, by the query parameter that names each. */
export function bucketReadings(s3: S3Parts): Readonly<Record<string, S3Operation>> {
  return {
    accelerate: getBucketAccelerateConfiguration(s3),
    acl: getBucketAcl(s3),
    cors: getBucketCors(s3),
    encryption: getBucketEncryption(s3),
    lifecycle: getBucketLifecycleConfiguration(s3),
    location: getBucketLocation(s3),
    logging: getBucketLogging(s3),
    notification: getBucketNotificationConfiguration(s3),
    ownershipControls: getBucketOwnershipControls(s3),
    policy: getBucketPolicy(s3),
    policyStatus: getBucketPolicyStatus(s3),
    replication: getBucketReplication(s3),
    requestPayment: getBucketRequestPayment(s3),
    tagging: getBucketTagging(s3),
    versioning: getBucketVersioning(s3),
    website: getBucketWebsite(s3),
    'object-lock': getObjectLockConfiguration(s3),
    publicAccessBlock: getPublicAccessBlock(s3),
  };
}
