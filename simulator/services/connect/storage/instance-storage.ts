import { createHash } from 'node:crypto';
import { hasLiveMediaStreaming } from '../../../../infra/regions/offers.ts';
import { AwsError } from '../../../service.ts';
import { invalidParameter, resourceNotFound } from '../input.ts';
import { instanceParts, type World } from '../world.ts';
import type { ResourceType, StorageConfig } from './storage-config.ts';

/** "Data storage" and "Data streaming" of the instance, as they are set now. */
export interface InstanceStorage {
  /** One or none. */
  readonly list: (type: ResourceType) => readonly StoredConfig[];
  /** Throws AwsError ResourceNotFoundException. */
  readonly require: (type: ResourceType, associationId: string) => StoredConfig;
  /** Returns its association id. Throws AwsError ResourceConflictException if the type has a storage already. */
  readonly add: (type: ResourceType, config: StorageConfig) => string;
  /** Throws AwsError ResourceNotFoundException. */
  readonly replace: (type: ResourceType, associationId: string, config: StorageConfig) => void;
  /** Throws AwsError ResourceNotFoundException. */
  readonly remove: (type: ResourceType, associationId: string) => void;
  /** Live media streaming. Undefined: it is off. */
  readonly mediaStreams: () => MediaStreams | undefined;
  /** The data stream of contact records. Undefined: they go to Firehose or nowhere. */
  readonly contactRecordStreamArn: () => string | undefined;
  /** From now on contact records go there. */
  readonly sendRecordsTo: (streamArn: string) => void;
  /** Undefined: calls are not recorded. */
  readonly callRecordings: () => { readonly bucket: string; readonly prefix: string } | undefined;
}

interface StoredConfig extends StorageConfig {
  readonly AssociationId: string;
}

interface MediaStreams {
  /** What the names of the video streams begin with. */
  readonly prefix: string;
  readonly retentionHours: number;
  readonly keyArn: string;
}

/** Begins with what the world says; calls of the API change it. */
export function createInstanceStorage(world: World): InstanceStorage {
  const configs = new Map<ResourceType, StoredConfig>();

  function put(type: ResourceType, config: StorageConfig): string {
    const AssociationId = associationIdOf(world, type);
    configs.set(type, { ...config, AssociationId });
    return AssociationId;
  }

  function required(type: ResourceType, associationId: string): StoredConfig {
    const found = configs.get(type);
    if (found?.AssociationId === associationId) return found;
    throw resourceNotFound(`There is no association ${associationId} of ${type}.`);
  }

  for (const [type, config] of firstConfigs(world)) put(type, config);
  return {
    list: (type) => [configs.get(type) ?? []].flat().map((config) => answeredOf(config, world)),
    require: (type, associationId) => answeredOf(required(type, associationId), world),
    add(type, config) {
      refuseWhatRegionLacks(type, world);
      if (!configs.has(type)) return put(type, config);
      throw new AwsError('ResourceConflictException', 409, `${type} is associated with a storage already.`);
    },
    replace(type, associationId, config) {
      required(type, associationId);
      refuseWhatRegionLacks(type, world);
      put(type, config);
    },
    remove(type, associationId) {
      required(type, associationId);
      configs.delete(type);
    },
    mediaStreams() {
      const video = configs.get('MEDIA_STREAMS')?.KinesisVideoStreamConfig;
      if (!video) return undefined;
      const { Prefix: prefix, RetentionPeriodHours: retentionHours, EncryptionConfig } = video;
      return { prefix, retentionHours, keyArn: EncryptionConfig.KeyId };
    },
    contactRecordStreamArn: () => configs.get('CONTACT_TRACE_RECORDS')?.KinesisStreamConfig?.StreamArn,
    sendRecordsTo: (StreamArn) =>
      void put('CONTACT_TRACE_RECORDS', {
        StorageType: 'KINESIS_STREAM',
        KinesisStreamConfig: { StreamArn },
      }),
    callRecordings() {
      const s3 = configs.get('CALL_RECORDINGS')?.S3Config;
      return s3 && { bucket: s3.BucketName, prefix: s3.BucketPrefix };
    },
  };
}

/**
 * As the API answers it: the prefix of video streams comes back with what Amazon Connect puts after it. A prefix
 * that is read and given again gets that twice. Source: Terraform's AWS provider, aws_connect_instance_storage_config.
 */
function answeredOf(config: StoredConfig, { alias }: World): StoredConfig {
  const { KinesisVideoStreamConfig: video } = config;
  if (!video) return config;
  const Prefix = `${video.Prefix}${streamNameAfterPrefix(alias)}`;
  return { ...config, KinesisVideoStreamConfig: { ...video, Prefix } };
}

/** What Amazon Connect puts between an administrator's prefix and the id that ends a video stream's name. */
export function streamNameAfterPrefix(alias: string): string {
  return `-connect-${alias}-contact-`;
}

/** What the keys of call recordings begin with where nothing else was set; without a slash at the end. */
export function defaultRecordingsPrefix({ alias }: Pick<World, 'alias'>): string {
  return `connect/${alias}/CallRecordings`;
}

function firstConfigs(world: World): readonly (readonly [ResourceType, StorageConfig])[] {
  const { hasMediaStreaming, ivrRecordingsBucket, ivrRecordingsPrefix, attachmentsBucket } = world;
  const { contactRecordsElsewhere } = world;
  const recordsOn = contactRecordsElsewhere !== 'off';
  return [
    ...(hasMediaStreaming && hasLiveMediaStreaming(instanceParts(world).region)
      ? [['MEDIA_STREAMS', mediaStreamsOf(world)] as const]
      : []),
    ...(recordsOn ? [['CONTACT_TRACE_RECORDS', contactRecordsOf(world)] as const] : []),
    ...(ivrRecordingsBucket === undefined
      ? []
      : [
          [
            'CALL_RECORDINGS',
            inBucket(
              ivrRecordingsBucket,
              ivrRecordingsPrefix ?? defaultRecordingsPrefix(world),
              world.ivrRecordingsKeyArn,
            ),
          ] as const,
        ]),
    ...(attachmentsBucket === undefined
      ? []
      : [['ATTACHMENTS', inBucket(attachmentsBucket, `connect/${world.alias}/Attachments`)] as const]),
  ];
}

/** How Amazon Connect refuses it is not documented. */
function refuseWhatRegionLacks(type: ResourceType, world: World): void {
  const { region } = instanceParts(world);
  if (type === 'MEDIA_STREAMS' && !hasLiveMediaStreaming(region))
    throw invalidParameter(`Live media streaming is not available in ${region}.`);
}

/** Without a key of the administrator's it is the one of AWS; that the API names it by its alias was not verified. */
function mediaStreamsOf(world: World): StorageConfig {
  const { mediaStreamPrefix: Prefix, mediaRetentionHours: RetentionPeriodHours, mediaKeyArn } = world;
  const { accountId, region, partition } = instanceParts(world);
  const KeyId = mediaKeyArn ?? `arn:${partition}:kms:${region}:${accountId}:alias/aws/kinesisvideo`;
  return {
    StorageType: 'KINESIS_VIDEO_STREAM',
    KinesisVideoStreamConfig: {
      Prefix,
      RetentionPeriodHours,
      EncryptionConfig: { EncryptionType: 'KMS', KeyId },
    },
  };
}

function contactRecordsOf({ contactRecordStreamArn, contactRecordsElsewhere }: World): StorageConfig {
  return typeof contactRecordsElsewhere === 'object'
    ? {
        StorageType: 'KINESIS_FIREHOSE',
        KinesisFirehoseConfig: { FirehoseArn: contactRecordsElsewhere.firehoseArn },
      }
    : { StorageType: 'KINESIS_STREAM', KinesisStreamConfig: { StreamArn: contactRecordStreamArn } };
}

function inBucket(BucketName: string, BucketPrefix: string, keyArn?: string): StorageConfig {
  const EncryptionConfig =
    keyArn === undefined ? undefined : ({ EncryptionType: 'KMS', KeyId: keyArn } as const);
  return {
    StorageType: 'S3',
    S3Config: { BucketName, BucketPrefix, ...(EncryptionConfig && { EncryptionConfig }) },
  };
}

/** Hexadecimal, and the same in every run. */
function associationIdOf({ instanceArn }: World, type: ResourceType): string {
  return createHash('sha256').update(`${instanceArn}/${type}`).digest('hex');
}
