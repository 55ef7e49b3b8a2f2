import {
  ConnectClient,
  DescribeHoursOfOperationCommand,
  DescribeQueueCommand,
  type InstanceStorageConfig,
  InstanceStorageResourceType,
  ListInstanceStorageConfigsCommand,
  paginateListInstances,
  paginateListQueues,
} from '@aws-sdk/client-connect';
import {
  DescribeStreamSummaryCommand,
  KinesisClient,
  paginateListStreams,
  ResourceNotFoundException,
} from '@aws-sdk/client-kinesis';
import { paginateListEmailIdentities, SESv2Client } from '@aws-sdk/client-sesv2';
import { refusalOf } from '../../aws/ask-aws.ts';
import { type Asker, Unseen } from '../../aws/asker.ts';
import { keyOf } from '../../aws/keys.ts';
import { givenPrefix } from '../../aws/media-stream-prefix.ts';

export interface FoundInstance {
  readonly id: string;
  readonly arn: string;
  readonly alias: string;
  /** `ACTIVE` */
  readonly status: string;
}

/** What an instance and its account say of themselves, as far as settings need it. */
export interface InstanceFacts {
  readonly instance: FoundInstance;
  /** Live media streaming. Undefined: it is off. */
  readonly media:
    | {
        readonly associationId: string;
        readonly prefix: string;
        readonly retentionHours: number;
        readonly keyArn?: string;
      }
    | undefined;
  /** Where contact records go. */
  readonly contactRecords:
    | { readonly kind: 'stream'; readonly arn: string; readonly keyArn?: string }
    | { readonly kind: 'firehose'; readonly arn: string }
    | undefined;
  readonly callRecordings:
    | { readonly bucket: string; readonly prefix: string; readonly keyArn?: string }
    | undefined;
  readonly queues: readonly { readonly arn: string; readonly name: string }[];
  /** Data streams of the account and Region, for contact records. */
  readonly dataStreams: readonly string[];
  /** Verified identities of Amazon SES: domains and addresses. */
  readonly senders: readonly string[];
  /** What could not be read, and is asked or left out for that: `ses:ListEmailIdentities is not allowed`. */
  readonly unseen: readonly string[];
}

export async function listInstances({ client, ask }: Asker): Promise<readonly FoundInstance[]> {
  const pages = paginateListInstances({ client: client(ConnectClient) }, {});
  return await ask('connect:ListInstances', async () => {
    const found: FoundInstance[] = [];
    for await (const { InstanceSummaryList = [] } of pages) {
      for (const { Id = '', Arn = '', InstanceAlias = '', InstanceStatus = '' } of InstanceSummaryList) {
        found.push({ id: Id, arn: Arn, alias: InstanceAlias, status: InstanceStatus });
      }
    }
    return found;
  });
}

/**
 * Reads what the settings need to know. What may not be read is left out, and named in `unseen`. Throws RefusedError
 * for any other answer of AWS that is an error.
 */
export async function instanceFacts(instance: FoundInstance, asker: Asker): Promise<InstanceFacts> {
  const unseen: string[] = [];
  /** `instead` where it may not be read. */
  const seen = async <Answer>(permission: string, instead: Answer, look: () => Promise<Answer>) => {
    try {
      return await look();
    } catch (error) {
      if (!(error instanceof Unseen)) throw refusalOf(error, permission, asker.place);
      unseen.push(error.message);
      return instead;
    }
  };
  const storage = (type: InstanceStorageResourceType) =>
    seen('connect:ListInstanceStorageConfigs', undefined, () => storageOf(instance.id, type, asker));
  const [media, records, recordings, queues, dataStreams, senders] = await Promise.all([
    storage(InstanceStorageResourceType.MEDIA_STREAMS),
    storage(InstanceStorageResourceType.CONTACT_TRACE_RECORDS),
    storage(InstanceStorageResourceType.CALL_RECORDINGS),
    seen('connect:ListQueues', [], () => queuesOf(instance.id, asker)),
    seen('kinesis:ListStreams', [], () => dataStreamsIn(asker)),
    seen('ses:ListEmailIdentities', [], () => sendersIn(asker)),
  ]);
  const streamArn = records?.KinesisStreamConfig?.StreamArn;
  const keyArn =
    streamArn &&
    (await seen('kinesis:DescribeStreamSummary', undefined, () => keyOfStream(streamArn, asker)));
  const firehoseArn = records?.KinesisFirehoseConfig?.FirehoseArn;
  return {
    instance,
    media: await mediaIn(media, instance.alias, asker),
    contactRecords: streamArn
      ? { kind: 'stream', arn: streamArn, ...(keyArn && { keyArn }) }
      : firehoseArn
        ? { kind: 'firehose', arn: firehoseArn }
        : undefined,
    callRecordings: await recordingsIn(recordings, asker),
    queues,
    dataStreams,
    senders,
    unseen,
  };
}

async function storageOf(
  InstanceId: string,
  ResourceType: InstanceStorageResourceType,
  { client, ask }: Asker,
): Promise<InstanceStorageConfig | undefined> {
  const command = new ListInstanceStorageConfigsCommand({ InstanceId, ResourceType });
  const { StorageConfigs = [] } = await ask('connect:ListInstanceStorageConfigs', () =>
    client(ConnectClient).send(command),
  );
  return StorageConfigs[0];
}

async function mediaIn(
  config: InstanceStorageConfig | undefined,
  alias: string,
  asker: Asker,
): Promise<InstanceFacts['media']> {
  const { Prefix, RetentionPeriodHours = 0, EncryptionConfig } = config?.KinesisVideoStreamConfig ?? {};
  if (Prefix === undefined) return undefined;
  const keyArn = await ownKey(EncryptionConfig?.KeyId, asker);
  return {
    associationId: config?.AssociationId ?? '',
    prefix: givenPrefix(Prefix, alias),
    retentionHours: RetentionPeriodHours,
    ...(keyArn && { keyArn }),
  };
}

async function recordingsIn(
  config: InstanceStorageConfig | undefined,
  asker: Asker,
): Promise<InstanceFacts['callRecordings']> {
  const { BucketName, BucketPrefix = '', EncryptionConfig } = config?.S3Config ?? {};
  if (BucketName === undefined) return undefined;
  const keyArn = await ownKey(EncryptionConfig?.KeyId, asker);
  return { bucket: BucketName, prefix: BucketPrefix, ...(keyArn && { keyArn }) };
}

/** A key of AWS's own needs no permission, and so no setting. One that may not be looked at counts as the customer's. */
async function ownKey(keyId: string | undefined, asker: Asker): Promise<string | undefined> {
  if (keyId === undefined || keyId === '') return undefined;
  try {
    const key = await keyOf(keyId, asker);
    if (key === 'not found') return keyId;
    return key.isOfAws ? undefined : key.arn;
  } catch (error) {
    if (error instanceof Unseen) return keyId;
    throw error;
  }
}

async function keyOfStream(StreamARN: string, asker: Asker): Promise<string | undefined> {
  const command = new DescribeStreamSummaryCommand({ StreamARN });
  try {
    const { StreamDescriptionSummary } = await asker.ask('kinesis:DescribeStreamSummary', () =>
      asker.client(KinesisClient).send(command),
    );
    return await ownKey(StreamDescriptionSummary?.KeyId, asker);
  } catch (error) {
    // The instance may still send contact records to a stream that somebody deleted; doctor says so.
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function queuesOf(InstanceId: string, { client, ask }: Asker): Promise<InstanceFacts['queues']> {
  const pages = paginateListQueues(
    { client: client(ConnectClient), pageSize: 1000 },
    { InstanceId, QueueTypes: ['STANDARD'] },
  );
  return await ask('connect:ListQueues', async () => {
    const found: { arn: string; name: string }[] = [];
    for await (const { QueueSummaryList = [] } of pages) {
      for (const { Arn = '', Name = '' } of QueueSummaryList) found.push({ arn: Arn, name: Name });
    }
    return found;
  });
}

async function dataStreamsIn({ client, ask }: Asker): Promise<readonly string[]> {
  const pages = paginateListStreams({ client: client(KinesisClient) }, {});
  return await ask('kinesis:ListStreams', async () => {
    const found: string[] = [];
    for await (const { StreamSummaries = [] } of pages) {
      found.push(...StreamSummaries.flatMap(({ StreamARN }) => StreamARN ?? []));
    }
    return found;
  });
}

async function sendersIn({ client, ask }: Asker): Promise<readonly string[]> {
  const pages = paginateListEmailIdentities({ client: client(SESv2Client) }, {});
  return await ask('ses:ListEmailIdentities', async () => {
    const found: string[] = [];
    for await (const { EmailIdentities = [] } of pages) {
      found.push(
        ...EmailIdentities.flatMap(({ IdentityName, SendingEnabled }) =>
          IdentityName !== undefined && SendingEnabled === true ? [IdentityName] : [],
        ),
      );
    }
    return found;
  });
}

/** The time zone of a queue's hours of operation. Undefined if it may not be read, and if there are none. */
export async function timeZoneOf(
  queueArn: string,
  { instance }: InstanceFacts,
  { client, ask }: Asker,
): Promise<string | undefined> {
  const connect = client(ConnectClient);
  const QueueId = queueArn.slice(queueArn.lastIndexOf('/') + 1);
  try {
    const queue = new DescribeQueueCommand({ InstanceId: instance.id, QueueId });
    const { Queue } = await ask('connect:DescribeQueue', () => connect.send(queue));
    if (Queue?.HoursOfOperationId === undefined) return undefined;
    const hours = new DescribeHoursOfOperationCommand({
      InstanceId: instance.id,
      HoursOfOperationId: Queue.HoursOfOperationId,
    });
    const { HoursOfOperation } = await ask('connect:DescribeHoursOfOperation', () => connect.send(hours));
    return HoursOfOperation?.TimeZone;
  } catch (error) {
    if (error instanceof Unseen) return undefined;
    throw error;
  }
}
