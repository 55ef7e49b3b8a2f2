import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  AddTagsToStreamCommand,
  CreateStreamCommand,
  DecreaseStreamRetentionPeriodCommand,
  DeregisterStreamConsumerCommand,
  DescribeStreamCommand,
  DescribeStreamConsumerCommand,
  type DescribeStreamConsumerCommandInput,
  DescribeStreamSummaryCommand,
  IncreaseStreamRetentionPeriodCommand,
  KinesisClient,
  ListStreamConsumersCommand,
  ListStreamsCommand,
  ListTagsForStreamCommand,
  PutRecordCommand,
  RegisterStreamConsumerCommand,
  RemoveTagsFromStreamCommand,
} from '@aws-sdk/client-kinesis';
import { createClock } from '../../simulator/clock.ts';
import { createKinesis } from '../../simulator/services/kinesis/kinesis.ts';
import { answered, simulatorOnly, startTarget, type Target } from './setup.ts';

const STREAMS = 'arn:aws:kinesis:us-east-1:111122223333:stream';
const KEY_ARN = 'arn:aws:kms:us-east-1:111122223333:key/c1c1c1c1-0000-4000-8000-00000000c001';

const clock = createClock('real');
let target: Target;
let kinesis: KinesisClient;

before(async () => {
  const simulated = createKinesis({ clock });
  simulated.createStream(`${STREAMS}/plain`, 3);
  const consumers = ['audit', 'lake'];
  simulated.createStream(`${STREAMS}/encrypted`, 1, { retentionHours: 168, keyId: KEY_ARN, consumers });
  target = await startTarget([simulated.service], { clock });
  kinesis = new KinesisClient({ ...target.client, maxAttempts: 1 });
});

after(async () => {
  kinesis.destroy();
  await target.close();
});

test('a stream says which key it is encrypted with, and how long it keeps', simulatorOnly, async () => {
  assert.partialDeepStrictEqual(await summaryOf('encrypted'), {
    EncryptionType: 'KMS',
    KeyId: KEY_ARN,
    RetentionPeriodHours: 168,
    ConsumerCount: 2,
  });
  assert.partialDeepStrictEqual(await summaryOf('plain'), { EncryptionType: 'NONE', ConsumerCount: 0 });
});

test('a stream is described with a page of its shards', simulatorOnly, async () => {
  const first = await shardPage();
  const rest = await shardPage(first?.Shards?.at(-1)?.ShardId);

  assert.equal(first?.HasMoreShards, true);
  assert.equal(rest?.HasMoreShards, false);
  assert.equal(rest.Shards?.[0]?.ShardId, 'shardId-000000000002');
  assert.equal(rest.EncryptionType, 'NONE');
});

test('streams are listed by name, in pages', simulatorOnly, async () => {
  const first = await kinesis.send(new ListStreamsCommand({ Limit: 1 }));
  const second = await kinesis.send(new ListStreamsCommand({ NextToken: first.NextToken }));
  const wrong = () => kinesis.send(new ListStreamsCommand({ NextToken: 'nonsense' }));

  assert.deepEqual(first.StreamNames, ['encrypted']);
  assert.equal(first.HasMoreStreams, true);
  assert.equal(second.StreamSummaries?.[0]?.StreamARN, `${STREAMS}/plain`);
  assert.equal(second.HasMoreStreams, false);
  await assert.rejects(wrong(), answered(400, 'InvalidArgumentException'));
});

test('who reads a stream by enhanced fan-out is listed, in pages', simulatorOnly, async () => {
  const first = await consumerPage();
  const second = await consumerPage(first.NextToken);

  assert.equal(first.Consumers?.[0]?.ConsumerName, 'audit');
  assert.equal(second.Consumers?.[0]?.ConsumerName, 'lake');
  assert.equal(second.NextToken, undefined);
  await assert.rejects(
    kinesis.send(new ListStreamConsumersCommand({ StreamARN: `${STREAMS}/nowhere` })),
    answered(400, 'ResourceNotFoundException'),
  );
});

test('a stream is made once, and takes records', simulatorOnly, async () => {
  const create = () => kinesis.send(new CreateStreamCommand({ StreamName: 'made', ShardCount: 2 }));

  await create();
  const Data = Buffer.from('{}');
  const put = await kinesis.send(new PutRecordCommand({ StreamName: 'made', Data, PartitionKey: '1' }));

  assert.match(put.ShardId ?? '', /^shardId-/);
  await assert.rejects(create(), answered(400, 'ResourceInUseException'));
});

test('a consumer is registered once, described by ARN and by name, and gone', simulatorOnly, async () => {
  const StreamARN = `${STREAMS}/plain`;
  const register = () =>
    kinesis.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: 'dashboard' }));
  const describe = (input: DescribeStreamConsumerCommandInput) =>
    kinesis.send(new DescribeStreamConsumerCommand(input));

  const { Consumer } = await register();
  const { ConsumerARN } = Consumer ?? {};
  const byArn = await describe({ ConsumerARN });
  const byName = await describe({ StreamARN, ConsumerName: 'dashboard' });

  assert.equal(Consumer?.ConsumerStatus, 'CREATING');
  assert.deepEqual(byArn.ConsumerDescription, byName.ConsumerDescription);
  assert.partialDeepStrictEqual(byArn.ConsumerDescription, { StreamARN, ConsumerStatus: 'ACTIVE' });
  await assert.rejects(register(), answered(400, 'ResourceInUseException'));
  await assert.rejects(describe({ StreamARN }), answered(400, 'InvalidArgumentException'));
  await kinesis.send(new DeregisterStreamConsumerCommand({ ConsumerARN }));
  await assert.rejects(describe({ ConsumerARN }), answered(400, 'ResourceNotFoundException'));
});

test('a stream keeps longer, and not so long again', simulatorOnly, async () => {
  const StreamName = 'plain';
  const increase = (RetentionPeriodHours: number) =>
    kinesis.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours }));

  await increase(168);
  assert.equal((await summaryOf(StreamName))?.RetentionPeriodHours, 168);
  for (const hours of [24, 9000])
    await assert.rejects(increase(hours), answered(400, 'InvalidArgumentException'));
  await kinesis.send(new DecreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 24 }));
  assert.equal((await summaryOf(StreamName))?.RetentionPeriodHours, 24);
});

test('tags of a stream are added, listed in pages and removed', simulatorOnly, async () => {
  const StreamName = 'plain';
  const list = (Limit?: number, ExclusiveStartTagKey?: string) =>
    kinesis.send(new ListTagsForStreamCommand({ StreamName, Limit, ExclusiveStartTagKey }));
  await kinesis.send(new AddTagsToStreamCommand({ StreamName, Tags: { team: 'voice', cost: '42' } }));

  const first = await list(1);
  const second = await list(1, first.Tags?.at(-1)?.Key);
  await kinesis.send(new RemoveTagsFromStreamCommand({ StreamName, TagKeys: ['cost', 'unknown'] }));

  assert.deepEqual([first.Tags, first.HasMoreTags], [[{ Key: 'cost', Value: '42' }], true]);
  assert.deepEqual([second.Tags, second.HasMoreTags], [[{ Key: 'team', Value: 'voice' }], false]);
  assert.deepEqual((await list()).Tags, [{ Key: 'team', Value: 'voice' }]);
});

async function summaryOf(StreamName: string) {
  const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
  return StreamDescriptionSummary;
}

async function shardPage(ExclusiveStartShardId?: string) {
  const command = new DescribeStreamCommand({ StreamName: 'plain', Limit: 2, ExclusiveStartShardId });
  return (await kinesis.send(command)).StreamDescription;
}

function consumerPage(NextToken?: string) {
  const StreamARN = `${STREAMS}/encrypted`;
  return kinesis.send(new ListStreamConsumersCommand({ StreamARN, MaxResults: 1, NextToken }));
}
