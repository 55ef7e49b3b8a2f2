import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import {
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  KinesisClient,
  ListShardsCommand,
  PutRecordCommand,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import { createClock } from '../../simulator/clock.ts';
import { createKinesis } from '../../simulator/services/kinesis/kinesis.ts';
import { simulatorOnly, startTarget, type Target } from './setup.ts';

/** Two shards and 24 hours of retention. To run this against AWS, create it under this name. */
const StreamName = 'voicemail-conformance';
const SHARDS = ['shardId-000000000000', 'shardId-000000000001'];
const LOWEST_HASH = '0';
const HIGHEST_HASH = String(2n ** 128n - 1n);

const clock = createClock('real');
let target: Target;
let kinesis: KinesisClient;

before(async () => {
  const simulated = createKinesis({ clock });
  simulated.createStream(`arn:aws:kinesis:us-east-1:111122223333:stream/${StreamName}`, SHARDS.length);
  target = await startTarget([simulated.service], { clock });
  kinesis = new KinesisClient({ ...target.client, maxAttempts: 1 });
});

after(async () => {
  kinesis.destroy();
  await target.close();
});

test('a stream describes itself, by name and by ARN', async () => {
  const byName = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
  const StreamARN = byName.StreamDescriptionSummary?.StreamARN;
  const byArn = await kinesis.send(new DescribeStreamSummaryCommand({ StreamARN }));

  const { StreamDescriptionSummary: summary } = byArn;
  assert.match(StreamARN ?? '', /^arn:aws:kinesis:[a-z0-9-]+:\d{12}:stream\/voicemail-conformance$/);
  assert.equal(summary?.StreamName, StreamName);
  assert.equal(summary?.StreamStatus, 'ACTIVE');
  assert.equal(summary?.RetentionPeriodHours, 24);
  assert.equal(summary?.OpenShardCount, 2);
  assert.ok(summary?.StreamCreationTimestamp instanceof Date);
});

test('shards are listed in pages and share out all hash keys', async () => {
  const first = await kinesis.send(new ListShardsCommand({ StreamName, MaxResults: 1 }));
  const second = await kinesis.send(new ListShardsCommand({ NextToken: first.NextToken, MaxResults: 1 }));

  const shards = [...(first.Shards ?? []), ...(second.Shards ?? [])];
  assert.deepEqual(
    shards.map(({ ShardId }) => ShardId),
    SHARDS,
  );
  const [low, high] = shards.map(({ HashKeyRange }) => HashKeyRange);
  assert.equal(low?.StartingHashKey, LOWEST_HASH);
  assert.equal(BigInt(high?.StartingHashKey ?? 0), BigInt(low?.EndingHashKey ?? 0) + 1n);
  assert.equal(high?.EndingHashKey, HIGHEST_HASH);
});

test('a record is read back: bytes, key, number and time', async () => {
  const Data = Buffer.from([0, 1, 0xff, 0xfe]);
  const startMs = Date.now();

  const sent = await kinesis.send(new PutRecordCommand({ StreamName, Data, PartitionKey: 'contact-1' }));
  const { Records = [] } = await readFrom({
    ShardId: sent.ShardId,
    ShardIteratorType: 'AT_SEQUENCE_NUMBER',
    StartingSequenceNumber: sent.SequenceNumber,
  });

  const [record] = Records;
  assert.match(sent.SequenceNumber ?? '', /^\d{56}$/);
  assert.deepEqual(Buffer.from(record?.Data ?? []), Data);
  assert.equal(record?.PartitionKey, 'contact-1');
  assert.equal(record?.SequenceNumber, sent.SequenceNumber);
  const arrivedMs = record?.ApproximateArrivalTimestamp?.getTime() ?? 0;
  assert.ok(Math.abs(arrivedMs - startMs) < 60_000, `arrived ${arrivedMs - startMs} ms later`);
});

test('several records at once are answered in order, each with its shard', async () => {
  const entry = { Data: Buffer.from('x'), PartitionKey: 'any' };

  const { FailedRecordCount, Records } = await kinesis.send(
    new PutRecordsCommand({
      StreamName,
      Records: [
        { ...entry, ExplicitHashKey: HIGHEST_HASH },
        { ...entry, ExplicitHashKey: LOWEST_HASH },
      ],
    }),
  );

  assert.equal(FailedRecordCount, 0);
  assert.deepEqual(
    Records?.map(({ ShardId }) => ShardId),
    SHARDS.toReversed(),
  );
});

test('a shard iterator goes on where the last read ended, also before anything has come', async () => {
  const key = randomUUID();
  const { ShardId } = await kinesis.send(put('before', key));
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'LATEST' }),
  );

  const empty = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
  await kinesis.send(put('one', key));
  await kinesis.send(put('two', key));
  const one = await kinesis.send(new GetRecordsCommand({ ShardIterator: empty.NextShardIterator, Limit: 1 }));
  const two = await kinesis.send(new GetRecordsCommand({ ShardIterator: one.NextShardIterator }));

  assert.deepEqual(empty.Records, []);
  assert.equal(empty.MillisBehindLatest, 0);
  assert.deepEqual(textsOf(one), ['one']);
  assert.deepEqual(textsOf(two), ['two']);
});

test('reading starts after a record, at a time, or at the oldest', async () => {
  const key = randomUUID();
  const first = await kinesis.send(put(`first ${key}`, key));
  await kinesis.send(put(`second ${key}`, key));
  const { ShardId, SequenceNumber } = first;

  const next = await readFrom({
    ShardId,
    ShardIteratorType: 'AFTER_SEQUENCE_NUMBER',
    StartingSequenceNumber: SequenceNumber,
  });
  const at = await readFrom({ ShardId, ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(0) });
  const oldest = await readFrom({ ShardId, ShardIteratorType: 'TRIM_HORIZON' });

  assert.deepEqual(textsOf(next), [`second ${key}`]);
  for (const read of [at, oldest]) assert.ok(textsOf(read).includes(`first ${key}`));
});

test('an unknown stream, shard and iterator are refused with AWS’s errors', async () => {
  const missing = { ...put('x', 'key').input, StreamName: 'no-such-stream' };

  await assert.rejects(kinesis.send(new PutRecordCommand(missing)), {
    name: 'ResourceNotFoundException',
    message: /^Stream no-such-stream under account \d{12} not found\.$/,
  });
  await assert.rejects(readFrom({ ShardId: 'shardId-000000000099', ShardIteratorType: 'LATEST' }), {
    name: 'ResourceNotFoundException',
  });
  await assert.rejects(kinesis.send(new GetRecordsCommand({ ShardIterator: 'none' })), {
    name: 'InvalidArgumentException',
  });
});

test('parameters that AWS refuses are refused', async () => {
  const [ShardId] = SHARDS;
  const tomorrow = new Date(Date.now() + 86_400_000);
  const record = put('x', 'key').input;

  await assert.rejects(kinesis.send(new PutRecordCommand({ ...record, PartitionKey: 'k'.repeat(257) })), {
    name: 'ValidationException',
    message: /'partitionKey' failed to satisfy constraint: Member must have length less than or equal to 256/,
  });
  await assert.rejects(kinesis.send(new PutRecordCommand({ ...record, Data: Buffer.alloc(1_048_577) })), {
    name: 'ValidationException',
  });
  await assert.rejects(kinesis.send(new PutRecordsCommand({ StreamName, Records: [] })), {
    name: 'ValidationException',
  });
  await assert.rejects(readFrom({ ShardId, ShardIteratorType: 'AT_TIMESTAMP', Timestamp: tomorrow }), {
    name: 'InvalidArgumentException',
  });
  await assert.rejects(
    readFrom({ ShardId, ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: '1' }),
    { name: 'InvalidArgumentException' },
  );
});

test('a shard iterator expires after five minutes', simulatorOnly, async () => {
  const [ShardId] = SHARDS;
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'LATEST' }),
  );

  clock.advance(301_000);

  await assert.rejects(kinesis.send(new GetRecordsCommand({ ShardIterator })), {
    name: 'ExpiredIteratorException',
    message: /^Iterator expired\. The iterator was created at time .* delay of 300000 milliseconds\.$/,
  });
});

test('a reader that lags sees by how much', simulatorOnly, async () => {
  const key = randomUUID();
  const first = await kinesis.send(put('first', key));
  await kinesis.send(put('second', key));
  clock.advance(60_000);

  const { MillisBehindLatest = 0 } = await readFrom({
    ShardId: first.ShardId,
    ShardIteratorType: 'AT_SEQUENCE_NUMBER',
    StartingSequenceNumber: first.SequenceNumber,
    limit: 1,
  });

  assert.ok(MillisBehindLatest >= 60_000 && MillisBehindLatest < 120_000, `${MillisBehindLatest} ms`);
});

test('a caller without permission on the stream is refused', simulatorOnly, async () => {
  const { gateway } = target;
  const role = 'arn:aws:iam::111122223333:role/reader';
  const credentials = gateway.identities.addRole({ arn: role, statements: [] });
  const stranger = new KinesisClient({ ...target.client, credentials, maxAttempts: 1 });

  await assert.rejects(stranger.send(put('x', 'key')), { name: 'AccessDeniedException' });
  stranger.destroy();
});

function put(text: string, key: string): PutRecordCommand {
  return new PutRecordCommand({ StreamName, Data: Buffer.from(text), PartitionKey: key });
}

async function readFrom({
  limit,
  ...start
}: Omit<GetShardIteratorCommandInput, 'StreamName'> & { limit?: number }) {
  const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand({ StreamName, ...start }));
  return kinesis.send(new GetRecordsCommand({ ShardIterator, Limit: limit }));
}

function textsOf({ Records = [] }: { Records?: { Data?: Uint8Array | undefined }[] | undefined }): string[] {
  return Records.map(({ Data = new Uint8Array() }) => Buffer.from(Data).toString('utf8'));
}
