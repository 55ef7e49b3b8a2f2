import { z } from 'zod';
import { parseProperties, type ResourceKind, type StackResource } from '../resource-kind.ts';
import { Tags, tagsIn } from './tags.ts';

const Ignored = z.unknown().optional();

const Properties = z.strictObject({
  BucketName: z.string().optional(),
  VersioningConfiguration: z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  NotificationConfiguration: z
    .strictObject({
      EventBridgeConfiguration: z.strictObject({ EventBridgeEnabled: z.boolean().default(true) }),
    })
    .optional(),
  BucketEncryption: Ignored,
  CorsConfiguration: Ignored,
  LifecycleConfiguration: Ignored,
  LoggingConfiguration: Ignored,
  OwnershipControls: Ignored,
  PublicAccessBlockConfiguration: Ignored,
  Tags,
});

/** AWS::S3::Bucket. Versions and EventBridge events are simulated, encryption and life cycles are not. */
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

function optionsOf(resource: StackResource) {
  const { VersioningConfiguration, NotificationConfiguration, ...properties } = parseProperties(
    Properties,
    resource,
  );
  return {
    name: resource.identity().ref,
    versioned: VersioningConfiguration?.Status === 'Enabled',
    tags: tagsIn(properties.Tags),
    eventBridge: NotificationConfiguration?.EventBridgeConfiguration.EventBridgeEnabled ?? false,
  };
}
