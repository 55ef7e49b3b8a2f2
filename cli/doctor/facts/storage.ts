import {
  ConnectClient,
  type InstanceStorageConfig,
  type InstanceStorageResourceType,
  ListInstanceStorageConfigsCommand,
} from '@aws-sdk/client-connect';
import { givenPrefix } from '../../aws/media-stream-prefix.ts';
import { fact, type Look } from '../look.ts';
import { instance } from './instance.ts';

/** `no instance`: another check reports that. */
export type Stored<Place> = Place | 'off' | 'no instance';

export interface MediaStreams {
  /** As the administrator gave it. */
  readonly prefix: string;
  /** 0: audio can be read for five minutes. */
  readonly retentionHours: number;
  /** An ARN, of a key or of an alias. */
  readonly keyId: string | undefined;
}

/** Live media streaming of the instance. */
export const mediaStreams = fact(async (look): Promise<Stored<MediaStreams>> => {
  const config = await storageConfig('MEDIA_STREAMS', look);
  if (typeof config === 'string') return config;
  const { Prefix = '', RetentionPeriodHours = 0, EncryptionConfig } = config.KinesisVideoStreamConfig ?? {};
  const alias = (await instance(look))?.InstanceAlias ?? look.config.instanceAlias;
  return {
    prefix: givenPrefix(Prefix, alias),
    retentionHours: RetentionPeriodHours,
    keyId: EncryptionConfig?.KeyId,
  };
});

export type ContactRecords =
  | { readonly kind: 'stream'; readonly arn: string }
  | { readonly kind: 'firehose'; readonly arn: string };

/** Where the instance sends contact records. */
export const contactRecords = fact(async (look): Promise<Stored<ContactRecords>> => {
  const config = await storageConfig('CONTACT_TRACE_RECORDS', look);
  if (typeof config === 'string') return config;
  const { KinesisStreamConfig, KinesisFirehoseConfig } = config;
  return KinesisFirehoseConfig?.FirehoseArn === undefined
    ? { kind: 'stream', arn: KinesisStreamConfig?.StreamArn ?? '' }
    : { kind: 'firehose', arn: KinesisFirehoseConfig.FirehoseArn };
});

export interface CallRecordings {
  readonly bucket: string;
  /** What keys begin with. */
  readonly prefix: string;
  readonly keyId: string | undefined;
}

/** Where the instance keeps recordings of calls, those of automated interactions among them. */
export const callRecordings = fact(async (look): Promise<Stored<CallRecordings>> => {
  const config = await storageConfig('CALL_RECORDINGS', look);
  if (typeof config === 'string') return config;
  const { BucketName = '', BucketPrefix = '', EncryptionConfig } = config.S3Config ?? {};
  const prefix = BucketPrefix === '' ? '' : `${BucketPrefix.replace(/\/$/, '')}/`;
  return { bucket: BucketName, prefix, keyId: EncryptionConfig?.KeyId };
});

/** Whether the instance takes attachments, and keeps them. */
export const attachments = fact(async (look): Promise<Stored<'on'>> => {
  const config = await storageConfig('ATTACHMENTS', look);
  return typeof config === 'string' ? config : 'on';
});

async function storageConfig(
  ResourceType: InstanceStorageResourceType,
  look: Look,
): Promise<Stored<InstanceStorageConfig>> {
  const command = new ListInstanceStorageConfigsCommand({ InstanceId: look.home.instanceId, ResourceType });
  try {
    const { StorageConfigs = [] } = await look.ask('connect:ListInstanceStorageConfigs', () =>
      look.client(ConnectClient).send(command),
    );
    return StorageConfigs[0] ?? 'off';
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return 'no instance';
    throw error;
  }
}
