import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  GetBucketAccelerateConfigurationCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { startS3Target } from './s3-target.ts';
import { simulatorOnly } from './setup.ts';

const { client: settings, Bucket, gateway, close } = await startS3Target();
const s3 = new S3Client(settings);
after(async () => {
  s3.destroy();
  await close();
});

const READINGS = [
  GetBucketAccelerateConfigurationCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
] as const;

test('what is not configured has an error of its own', simulatorOnly, async () => {
  const expected = [
    [GetBucketCorsCommand, 'NoSuchCORSConfiguration'],
    [GetBucketLifecycleConfigurationCommand, 'NoSuchLifecycleConfiguration'],
    [GetBucketPolicyCommand, 'NoSuchBucketPolicy'],
    [GetBucketPolicyStatusCommand, 'NoSuchBucketPolicy'],
    [GetBucketReplicationCommand, 'ReplicationConfigurationNotFoundError'],
    [GetBucketWebsiteCommand, 'NoSuchWebsiteConfiguration'],
    [GetObjectLockConfigurationCommand, 'ObjectLockConfigurationNotFoundError'],
  ] as const;
  for (const [command, name] of expected) {
    await assert.rejects(s3.send(new command({ Bucket })), { name });
  }
});

test('a bucket that nobody configured is closed, and its owner has and pays all', simulatorOnly, async () => {
  const block = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
  const ownership = await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
  const { Owner, Grants } = await s3.send(new GetBucketAclCommand({ Bucket }));
  const payment = await s3.send(new GetBucketRequestPaymentCommand({ Bucket }));
  const logging = await s3.send(new GetBucketLoggingCommand({ Bucket }));
  const accelerate = await s3.send(new GetBucketAccelerateConfigurationCommand({ Bucket }));

  assert.deepEqual(block.PublicAccessBlockConfiguration, {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  });
  assert.deepEqual(ownership.OwnershipControls?.Rules, [{ ObjectOwnership: 'BucketOwnerEnforced' }]);
  assert.deepEqual(Grants, [
    { Grantee: { ID: Owner?.ID, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' },
  ]);
  assert.deepEqual((await s3.send(new ListBucketsCommand({}))).Owner, Owner);
  assert.equal(payment.Payer, 'BucketOwner');
  assert.equal(logging.LoggingEnabled, undefined);
  assert.equal(accelerate.Status, undefined);
});

test('versioning and EventBridge are shown as they are', simulatorOnly, async () => {
  const versioning = await s3.send(new GetBucketVersioningCommand({ Bucket }));
  const notification = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));

  assert.equal(versioning.Status, 'Enabled');
  assert.deepEqual(notification.EventBridgeConfiguration, {});
});

test('each reading needs a bucket that is there, and a permission', simulatorOnly, async () => {
  const arn = 'arn:aws:iam::111122223333:role/nobody';
  const credentials = gateway.identities.addRole({ arn, statements: [] });
  const nobody = new S3Client({ ...settings, credentials });

  for (const command of READINGS) {
    await assert.rejects(s3.send(new command({ Bucket: 'not-there' })), { name: 'NoSuchBucket' });
    await assert.rejects(nobody.send(new command({ Bucket })), { name: 'AccessDenied' });
  }
});
