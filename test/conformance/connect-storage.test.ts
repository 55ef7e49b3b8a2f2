import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AssociateInstanceStorageConfigCommand,
  type ConnectClient,
  DescribeInstanceStorageConfigCommand,
  DisassociateInstanceStorageConfigCommand,
  type InstanceStorageConfig,
  type InstanceStorageResourceType,
  ListInstanceStorageConfigsCommand,
  UpdateInstanceStorageConfigCommand,
} from '@aws-sdk/client-connect';
import { laptopWorld } from '../../simulator/services/connect/sample-world.ts';
import { acme, INSTANCE, INSTANCE_ARN, NOBODY } from './connect-setup.ts';
import { answered } from './setup.ts';

const KEY_ARN = 'arn:aws:kms:us-east-1:111122223333:key/c1c1c1c1-0000-4000-8000-00000000c001';
const STREAM_ARN = 'arn:aws:kinesis:us-east-1:111122223333:stream/acme-ctr';

/** Live media streaming as an administrator sets it. */
function mediaStreams(Prefix: string, RetentionPeriodHours: number): InstanceStorageConfig {
  const EncryptionConfig = { EncryptionType: 'KMS', KeyId: KEY_ARN } as const;
  const KinesisVideoStreamConfig = { Prefix, RetentionPeriodHours, EncryptionConfig };
  return { StorageType: 'KINESIS_VIDEO_STREAM', KinesisVideoStreamConfig };
}

async function listed(client: ConnectClient, ResourceType: InstanceStorageResourceType) {
  const command = new ListInstanceStorageConfigsCommand({ InstanceId: INSTANCE, ResourceType });
  return (await client.send(command)).StorageConfigs;
}

test('an instance says where audio, contact records and recordings go', async (t) => {
  const { client } = await acme(t, { world: laptopWorld({ ivrRecordingsBucket: 'acme-recordings' }) });

  const [media] = (await listed(client, 'MEDIA_STREAMS')) ?? [];
  const [records] = (await listed(client, 'CONTACT_TRACE_RECORDS')) ?? [];
  const [recordings] = (await listed(client, 'CALL_RECORDINGS')) ?? [];

  assert.equal(media?.StorageType, 'KINESIS_VIDEO_STREAM');
  // What comes after the prefix that was given is Amazon Connect's.
  assert.equal(media.KinesisVideoStreamConfig?.Prefix, 'vm-connect-acme-contact-');
  assert.equal(media.KinesisVideoStreamConfig.RetentionPeriodHours, 24);
  assert.match(media.KinesisVideoStreamConfig.EncryptionConfig?.KeyId ?? '', /^arn:aws:kms:us-east-1:/);
  assert.deepEqual(records?.KinesisStreamConfig, { StreamArn: STREAM_ARN });
  assert.deepEqual(recordings?.S3Config, {
    BucketName: 'acme-recordings',
    BucketPrefix: 'connect/acme/CallRecordings',
  });
  assert.deepEqual(await listed(client, 'ATTACHMENTS'), []);
});

test('contact records may go to Firehose, or nowhere', async (t) => {
  const firehoseArn = 'arn:aws:firehose:us-east-1:111122223333:deliverystream/acme-ctr';
  const toFirehose = await acme(t, { world: laptopWorld({ contactRecordsElsewhere: { firehoseArn } }) });
  const off = await acme(t, { world: laptopWorld({ contactRecordsElsewhere: 'off' }) });

  const [records] = (await listed(toFirehose.client, 'CONTACT_TRACE_RECORDS')) ?? [];

  assert.deepEqual(records?.KinesisFirehoseConfig, { FirehoseArn: firehoseArn });
  assert.deepEqual(await listed(off.client, 'CONTACT_TRACE_RECORDS'), []);
});

test('live media streaming is turned on, changed and turned off, and calls follow', async (t) => {
  const { client, connect } = await acme(t, { world: laptopWorld({ hasMediaStreaming: false }) });
  const asked = { InstanceId: INSTANCE_ARN, ResourceType: 'MEDIA_STREAMS' } as const;

  const { AssociationId } = await client.send(
    new AssociateInstanceStorageConfigCommand({ ...asked, StorageConfig: mediaStreams('vm', 0) }),
  );
  const StorageConfig = mediaStreams('voicemail', 48);
  await client.send(new UpdateInstanceStorageConfigCommand({ ...asked, AssociationId, StorageConfig }));
  const described = await client.send(new DescribeInstanceStorageConfigCommand({ ...asked, AssociationId }));

  assert.partialDeepStrictEqual(described.StorageConfig, {
    AssociationId,
    KinesisVideoStreamConfig: { Prefix: 'voicemail-connect-acme-contact-', RetentionPeriodHours: 48 },
  });
  await connect.placeCall({ from: '+15555550142', audio: new Int16Array(8000) }).ended;

  await client.send(new DisassociateInstanceStorageConfigCommand({ ...asked, AssociationId }));

  assert.deepEqual(await listed(client, 'MEDIA_STREAMS'), []);
  await assert.rejects(
    connect.placeCall({ from: '+15555550142', audio: new Int16Array(8000) }).ended,
    /live media streaming is off/,
  );
});

test('a type of data has one place, which is not doubled, and an unknown one is not found', async (t) => {
  const { client } = await acme(t);
  const asked = { InstanceId: INSTANCE, ResourceType: 'MEDIA_STREAMS' } as const;
  const StorageConfig = mediaStreams('vm', 24);
  const unknown = { ...asked, AssociationId: NOBODY };

  const again = () => client.send(new AssociateInstanceStorageConfigCommand({ ...asked, StorageConfig }));
  const update = () => client.send(new UpdateInstanceStorageConfigCommand({ ...unknown, StorageConfig }));
  const removal = () => client.send(new DisassociateInstanceStorageConfigCommand(unknown));
  const description = () => client.send(new DescribeInstanceStorageConfigCommand(unknown));

  await assert.rejects(again(), answered(409, 'ResourceConflictException'));
  await assert.rejects(update(), answered(404, 'ResourceNotFoundException'));
  await assert.rejects(removal(), answered(404, 'ResourceNotFoundException'));
  await assert.rejects(description(), answered(404, 'ResourceNotFoundException'));
});

test('a place that does not fit its type is refused, and so is a retention beyond ten years', async (t) => {
  const { client } = await acme(t);
  const associate = (ResourceType: InstanceStorageResourceType, StorageConfig: InstanceStorageConfig) =>
    client.send(
      new AssociateInstanceStorageConfigCommand({ InstanceId: INSTANCE, ResourceType, StorageConfig }),
    );
  const KinesisStreamConfig = { StreamArn: STREAM_ARN };

  const elsewhere = () => associate('CALL_RECORDINGS', mediaStreams('vm', 24));
  const mixed = () => associate('CALL_RECORDINGS', { StorageType: 'S3', KinesisStreamConfig });
  const tooLong = () => associate('MEDIA_STREAMS', mediaStreams('vm', 87_601));

  await assert.rejects(elsewhere(), answered(400, 'InvalidRequestException'));
  await assert.rejects(mixed(), answered(400, 'InvalidRequestException'));
  await assert.rejects(tooLong(), answered(400, 'InvalidParameterException'));
});

test('who turns live media streaming on needs its key, too', async (t) => {
  const { clientFor } = await acme(t, { world: laptopWorld({ hasMediaStreaming: false }) });
  const client = clientFor([
    { Effect: 'Allow', Action: 'connect:AssociateInstanceStorageConfig', Resource: INSTANCE_ARN },
  ]);
  const command = new AssociateInstanceStorageConfigCommand({
    InstanceId: INSTANCE,
    ResourceType: 'MEDIA_STREAMS',
    StorageConfig: mediaStreams('vm', 24),
  });

  await assert.rejects(client.send(command), { name: 'AccessDeniedException', message: /kms:DescribeKey/ });
});
