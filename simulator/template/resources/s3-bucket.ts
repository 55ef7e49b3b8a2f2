import { z } from 'zod';
import type { BucketOptions } from '../../services/s3/bucket.ts';
import { parseProperties, type ResourceKind, type StackResource } from '../resource-kind.ts';
import { bucketSettings, BucketSettingsShape } from './bucket-settings.ts';
import { Tags, tagsIn } from './tags.ts';

const EncryptionRule = z.looseObject({
  ServerSideEncryptionByDefault: z
    .looseObject({ SSEAlgorithm: z.string(), KMSMasterKeyID: z.string().exactOptional() })
    .optional(),
  BucketKeyEnabled: z.boolean().default(false),
});

const Properties = z.strictObject({
  BucketName: z.string().optional(),
  VersioningConfiguration: z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  NotificationConfiguration: z
    .strictObject({
      EventBridgeConfiguration: z.strictObject({ EventBridgeEnabled: z.boolean().default(true) }),
    })
    .optional(),
  BucketEncryption: z.looseObject({ ServerSideEncryptionConfiguration: z.array(EncryptionRule) }).optional(),
  ...BucketSettingsShape,
  Tags,
});

/** AWS::S3::Bucket. Versions, the life cycle and EventBridge events are simulated, all else is only shown. */
export const s3Bucket: ResourceKind = {
  identify({ name, account: { partition, region } }) {
    const bucket = name('BucketName', { longest: 63, lowerCase: true });
    return {
      ref: bucket,
      attributes: {
        Arn: `arn:${partition}:s3:::${bucket}`,
        DomainName: `${bucket}.s3.amazonaws.com`,
        RegionalDomainName: `${bucket}.s3.${region}.amazonaws.com`,
      },
    };
  },
  deploy: (resource, { cloud }) => cloud.s3.createBucket(optionsOf(resource)),
  update: (resource, { cloud }) => cloud.s3.changeBucket(optionsOf(resource)),
  remove: ({ identity }, { cloud }) => cloud.s3.deleteBucket(identity().ref),
  import: { identifier: 'BucketName', isThere: (name, { s3 }) => s3.hasBucket(name) },
};

function optionsOf(resource: StackResource): BucketOptions {
  const { VersioningConfiguration, NotificationConfiguration, BucketEncryption, ...properties } =
    parseProperties(Properties, resource);
  const name = resource.identity().ref;
  const encryption = encryptionOf(BucketEncryption?.ServerSideEncryptionConfiguration[0]);
  return {
    name,
    versioned: VersioningConfiguration?.Status === 'Enabled',
    tags: tagsIn(properties.Tags),
    eventBridge: NotificationConfiguration?.EventBridgeConfiguration.EventBridgeEnabled ?? false,
    ...(encryption && { encryption }),
    settings: {
      ...bucketSettings(properties, name),
      ...(VersioningConfiguration?.Status === 'Suspended' && { versioning: { Status: 'Suspended' } }),
    },
  };
}

/** Undefined: S3's own keys. */
function encryptionOf(rule: z.infer<typeof EncryptionRule> | undefined): BucketOptions['encryption'] {
  const { SSEAlgorithm = 'AES256', KMSMasterKeyID: keyArn } = rule?.ServerSideEncryptionByDefault ?? {};
  if (SSEAlgorithm === 'AES256') return undefined;
  return { ...(keyArn !== undefined && { keyArn }), hasBucketKey: rule?.BucketKeyEnabled ?? false };
}
