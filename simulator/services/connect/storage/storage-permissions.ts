import { isJsonObject, type JsonObject } from '../../../gateway/protocols.ts';
import type { Permission } from '../../../service.ts';
import { instanceParts, type World } from '../world.ts';

/** For each member of a storage config: the member that names the resource, and the actions on it. */
const NEEDED = [
  ['S3Config', 'BucketName', ['s3:GetBucketAcl', 's3:GetBucketLocation']],
  ['KinesisStreamConfig', 'StreamArn', ['kinesis:DescribeStream']],
  ['KinesisFirehoseConfig', 'FirehoseArn', ['firehose:DescribeDeliveryStream']],
] as const;

/**
 * The permissions for associating a storage, in addition to that for the operation itself.
 * Source: Service Authorization Reference, Amazon Connect, dependent actions of
 * AssociateInstanceStorageConfig. That of UpdateInstanceStorageConfig is the same here.
 */
export function permissionsOfStorage(
  { StorageConfig: config }: JsonObject,
  world: World,
): readonly Permission[] {
  if (!isJsonObject(config)) return [];
  return [
    ...NEEDED.flatMap(([member, name, actions]) => {
      const of = config[member];
      const value = isJsonObject(of) ? of[name] : undefined;
      if (typeof value !== 'string') return [];
      const resource = member === 'S3Config' ? `arn:${instanceParts(world).partition}:s3:::${value}` : value;
      return actions.map((action) => ({ action, resource }));
    }),
    ...keysIn(config).flatMap((resource) =>
      ['kms:DescribeKey', 'kms:CreateGrant'].map((action) => ({ action, resource })),
    ),
  ];
}

function keysIn(config: JsonObject): readonly string[] {
  return Object.values(config).flatMap((of) => {
    const encryption = isJsonObject(of) ? of['EncryptionConfig'] : undefined;
    const key = isJsonObject(encryption) ? encryption['KeyId'] : undefined;
    return typeof key === 'string' ? [key] : [];
  });
}
