import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { startTestStack } from './stack.fixture.ts';

const EVERYBODY = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' };
const BUCKET = {
  BucketName: 'acme-kept',
  VersioningConfiguration: { Status: 'Suspended' },
  NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [
      {
        ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'arn:k' },
        BucketKeyEnabled: true,
      },
    ],
  },
  LifecycleConfiguration: {
    Rules: [
      {
        Id: 'old',
        Status: 'Enabled',
        Prefix: 'a/',
        TagFilters: [{ Key: 'k', Value: 'v' }],
        ExpirationInDays: 30,
        Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 7 }],
        NoncurrentVersionExpiration: { NoncurrentDays: 3 },
      },
    ],
  },
  CorsConfiguration: {
    CorsRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['https://acme.example.com'], MaxAge: 60 }],
  },
  LoggingConfiguration: { DestinationBucketName: 'acme-logs', LogFilePrefix: 'kept/' },
  OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
  PublicAccessBlockConfiguration: { BlockPublicAcls: true },
};

test('what a template says of a bucket is what the API says of it', async (t) => {
  const Policy = { Statement: [EVERYBODY], Version: '2012-10-17' };
  const { endpoint, credentials } = await startTestStack(t, {
    resources: {
      Kept: { Type: 'AWS::S3::Bucket', Properties: BUCKET },
      Opened: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: { Bucket: { Ref: 'Kept' }, PolicyDocument: Policy },
      },
    },
  });
  const s3 = new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true });
  const Bucket = { Bucket: 'acme-kept' };

  assert.equal((await s3.send(new GetBucketVersioningCommand(Bucket))).Status, 'Suspended');
  assert.deepEqual(
    (await s3.send(new GetBucketNotificationConfigurationCommand(Bucket))).EventBridgeConfiguration,
    {},
  );
  const encryption = await s3.send(new GetBucketEncryptionCommand(Bucket));
  assert.partialDeepStrictEqual(encryption.ServerSideEncryptionConfiguration?.Rules, [
    {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'arn:k' },
      BucketKeyEnabled: true,
    },
  ]);
  const lifecycle = await s3.send(new GetBucketLifecycleConfigurationCommand(Bucket));
  assert.deepEqual(lifecycle.Rules, [
    {
      ID: 'old',
      Status: 'Enabled',
      Filter: { And: { Prefix: 'a/', Tags: [{ Key: 'k', Value: 'v' }] } },
      Expiration: { Days: 30 },
      Transitions: [{ StorageClass: 'GLACIER', Days: 7 }],
      NoncurrentVersionExpiration: { NoncurrentDays: 3 },
    },
  ]);
  assert.deepEqual((await s3.send(new GetBucketCorsCommand(Bucket))).CORSRules, [
    { AllowedMethods: ['GET'], AllowedOrigins: ['https://acme.example.com'], MaxAgeSeconds: 60 },
  ]);
  assert.deepEqual((await s3.send(new GetBucketLoggingCommand(Bucket))).LoggingEnabled, {
    TargetBucket: 'acme-logs',
    TargetPrefix: 'kept/',
  });
  const ownership = await s3.send(new GetBucketOwnershipControlsCommand(Bucket));
  assert.deepEqual(ownership.OwnershipControls?.Rules, [{ ObjectOwnership: 'BucketOwnerPreferred' }]);
  const block = await s3.send(new GetPublicAccessBlockCommand(Bucket));
  assert.partialDeepStrictEqual(block.PublicAccessBlockConfiguration, {
    BlockPublicAcls: true,
    BlockPublicPolicy: false,
  });
  const policy = await s3.send(new GetBucketPolicyCommand(Bucket));
  assert.deepEqual(JSON.parse(policy.Policy ?? ''), Policy);
  assert.equal((await s3.send(new GetBucketPolicyStatusCommand(Bucket))).PolicyStatus?.IsPublic, true);
});
