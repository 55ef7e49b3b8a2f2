import {
  AssociateInstanceStorageConfigCommand,
  ConnectClient,
  type InstanceStorageConfig,
  StorageType,
  UpdateInstanceStorageConfigCommand,
} from '@aws-sdk/client-connect';
import { CreateStreamCommand, KinesisClient, waitUntilStreamExists } from '@aws-sdk/client-kinesis';
import type { VoicemailConfig } from '../../../infra/config.ts';
import type { Asker } from '../../aws/asker.ts';
import type { InstanceFacts } from './instance-facts.ts';

/** Hours that a failed recording can be tried again in: longer than the pipeline tries. */
const LEAST_RETENTION_HOURS = 24;

/** Something that the instance lacks, and that a call can give it. */
export interface Fix {
  /** What is missing, and what follows: a sentence. */
  readonly lacks: string;
  /** What would be changed: a sentence, with all values. */
  readonly change: string;
  /** The API call, for those who would rather do it themselves: `connect:AssociateInstanceStorageConfig`. */
  readonly call: string;
  readonly apply: (asker: Asker) => Promise<void>;
}

/** What is missing and can be switched on; in the order in which it must be done. */
export function fixesFor(
  facts: InstanceFacts,
  { mediaStreams, contactRecordStreamArn }: VoicemailConfig,
  { hasMediaStreaming }: { readonly hasMediaStreaming: boolean },
): readonly Fix[] {
  return [
    ...(hasMediaStreaming && mediaStreams ? mediaFixes(facts, mediaStreams) : []),
    ...(facts.contactRecords === undefined ? recordFixes(facts, contactRecordStreamArn) : []),
  ];
}

function mediaFixes(
  { instance, media }: InstanceFacts,
  wanted: NonNullable<VoicemailConfig['mediaStreams']>,
): readonly Fix[] {
  const {
    prefix = wanted.prefix,
    keyArn = wanted.kmsKeyArn ?? 'alias/aws/kinesisvideo',
    retentionHours = 0,
  } = media ?? {};
  if (media && retentionHours >= LEAST_RETENTION_HOURS) return [];
  const StorageConfig: InstanceStorageConfig = {
    StorageType: StorageType.KINESIS_VIDEO_STREAM,
    KinesisVideoStreamConfig: {
      Prefix: prefix,
      RetentionPeriodHours: LEAST_RETENTION_HOURS,
      EncryptionConfig: { EncryptionType: 'KMS', KeyId: keyArn },
    },
  };
  const common = { InstanceId: instance.id, ResourceType: 'MEDIA_STREAMS', StorageConfig } as const;
  if (media === undefined) {
    return [
      {
        lacks: 'Live media streaming is off: nothing that callers say is recorded.',
        change: `Switch it on: prefix "${prefix}", ${LEAST_RETENTION_HOURS} hours of retention, key ${keyArn}.`,
        call: 'connect:AssociateInstanceStorageConfig',
        apply: async ({ client, ask }) => {
          const command = new AssociateInstanceStorageConfigCommand(common);
          await ask('connect:AssociateInstanceStorageConfig', () => client(ConnectClient).send(command));
        },
      },
    ];
  }
  const { associationId } = media;
  return [
    {
      lacks: `Video streams keep audio for ${retentionHours === 0 ? 'five minutes' : `${retentionHours} hours`}: a recording that fails cannot be tried again later.`,
      change: `Keep it for ${LEAST_RETENTION_HOURS} hours. Streams that are there already keep what they have.`,
      call: 'connect:UpdateInstanceStorageConfig',
      apply: async ({ client, ask }) => {
        const command = new UpdateInstanceStorageConfigCommand({ ...common, AssociationId: associationId });
        await ask('connect:UpdateInstanceStorageConfig', () => client(ConnectClient).send(command));
      },
    },
  ];
}

function recordFixes({ instance, dataStreams }: InstanceFacts, StreamArn: string): readonly Fix[] {
  const isThere = dataStreams.includes(StreamArn);
  const StreamName = StreamArn.slice(StreamArn.lastIndexOf('/') + 1);
  const create: Fix = {
    lacks: 'There is no Kinesis data stream for contact records.',
    change: `Create ${StreamName}: one shard, 24 hours of retention. AWS charges for it by the hour.`,
    call: 'kinesis:CreateStream',
    apply: async ({ client, ask }) => {
      const kinesis = client(KinesisClient);
      const command = new CreateStreamCommand({ StreamName, ShardCount: 1 });
      await ask('kinesis:CreateStream', () => kinesis.send(command));
      await waitUntilStreamExists({ client: kinesis, maxWaitTime: 120 }, { StreamName });
    },
  };
  const associate: Fix = {
    lacks: 'Contact records are sent nowhere: no voicemail is ever noticed.',
    change: `Send them to ${StreamArn}.`,
    call: 'connect:AssociateInstanceStorageConfig',
    apply: async ({ client, ask }) => {
      const command = new AssociateInstanceStorageConfigCommand({
        InstanceId: instance.id,
        ResourceType: 'CONTACT_TRACE_RECORDS',
        StorageConfig: { StorageType: StorageType.KINESIS_STREAM, KinesisStreamConfig: { StreamArn } },
      });
      await ask('connect:AssociateInstanceStorageConfig', () => client(ConnectClient).send(command));
    },
  };
  return isThere ? [associate] : [create, associate];
}
