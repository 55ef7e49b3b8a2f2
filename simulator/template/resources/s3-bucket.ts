import { z } from 'zod';
import { parseProperties, type ResourceKind, type StackResource } from '../resource-kind.ts';

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
  Tags: Ignored,
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
};

function optionsOf(resource: StackResource) {
  const { VersioningConfiguration, NotificationConfiguration } = parseProperties(Properties, resource);
  return {
    name: resource.identity().ref,
    versioned: VersioningConfiguration?.Status === 'Enabled',
    eventBridge: NotificationConfiguration?.EventBridgeConfiguration.EventBridgeEnabled ?? false,
  };
}
