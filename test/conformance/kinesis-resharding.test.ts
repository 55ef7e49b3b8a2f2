import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  type ListShardsCommandInput,
  MergeShardsCommand,
  PutRecordCommand,
  SplitShardCommand,
  UpdateShardCountCommand,
} from '@aws-sdk/client-kinesis';
import { createClock } from '../../simulator/clock.ts';
import { createKinesis, type SimulatedKinesis } from '../../simulator/services/kinesis/kinesis.ts';
import { answered, simulatorOnly, startTarget, type Target } from './setup.ts';

const STREAMS = 'arn:aws:kinesis:us-east-1:111122223333:stream';
const HALF = String(2n ** 127n);
const [FIRST, SECOND, THIRD] = [0, 1, 2].map((index) => `shardId-${String(index).padStart(12, '0')}`);

const clock = createClock('real');
let simulated: SimulatedKinesis;
let target: Target;
let kinesis: KinesisClient;

before(async () => {
  simulated = createKinesis({ clock });
  target = await startTarget([simulated.service], { clock });
  // The second attempt has the simulator's time.
  kinesis = new KinesisClient({ ...target.client, maxAttempts: 2 });
});

after(async () => {
  kinesis.destroy();
  await target.close();
});

/** A stream of one shard. */
function newStream(StreamName: string): string {
  simulated.createStream(`${STREAMS}/${StreamName}`);
  return StreamName;
}

const split = (StreamName: string, ShardToSplit = FIRST, NewStartingHashKey = HALF) =>
  kinesis.send(new SplitShardCommand({ StreamName, ShardToSplit, NewStartingHashKey }));
const shardsOf = async (input: ListShardsCommandInput) =>
  (await kinesis.send(new ListShardsCommand(input))).Shards ?? [];
const idsOf = async (input: ListShardsCommandInput) => (await shardsOf(input)).map(({ ShardId }) => ShardId);

async function iteratorOf(StreamName: string, ShardId = FIRST): Promise<string | undefined> {
  const command = new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' });
  return (await kinesis.send(command)).ShardIterator;
}

const read = (ShardIterator: string | undefined, Limit?: number) =>
  kinesis.send(new GetRecordsCommand({ ShardIterator, Limit }));

async function put(StreamName: string, text: string) {
  return kinesis.send(new PutRecordCommand({ StreamName, Data: Buffer.from(text), PartitionKey: 'any' }));
}

test('a shard that is split closes, and two share out its hash keys', simulatorOnly, async () => {
  const StreamName = newStream('split');
  const first = await put(StreamName, 'before');
  await split(StreamName);
  const later = await put(StreamName, 'later');

  const [parent, low, high] = await shardsOf({ StreamName });

  assert.ok((parent?.SequenceNumberRange?.EndingSequenceNumber ?? '') > (first.SequenceNumber ?? 'x'));
  assert.deepEqual([low?.ParentShardId, low?.AdjacentParentShardId], [FIRST, undefined]);
  assert.deepEqual(low?.HashKeyRange, {
    StartingHashKey: '0',
    EndingHashKey: String(2n ** 127n - 1n),
  });
  assert.deepEqual(high?.HashKeyRange, { StartingHashKey: HALF, EndingHashKey: String(2n ** 128n - 1n) });
  assert.notEqual(later.ShardId, FIRST);
  await assert.rejects(split(StreamName), answered(400, 'InvalidArgumentException'));
  await assert.rejects(split(StreamName, SECOND, '0'), answered(400, 'InvalidArgumentException'));
  await assert.rejects(split(StreamName, SECOND, HALF), answered(400, 'InvalidArgumentException'));
  await assert.rejects(split(StreamName, SECOND, 'half'), answered(400, 'ValidationException'));
  await assert.rejects(split(StreamName, 'shardId-9'), answered(400, 'ResourceNotFoundException'));
});

test('at the end of a closed shard there is no next iterator, but its children', simulatorOnly, async () => {
  const StreamName = newStream('read');
  await put(StreamName, 'one');
  await put(StreamName, 'two');
  await split(StreamName);

  const one = await read(await iteratorOf(StreamName), 1);
  const two = await read(one.NextShardIterator);

  assert.equal(one.ChildShards, undefined);
  assert.equal(two.Records?.length, 1);
  assert.equal(two.NextShardIterator, undefined);
  assert.partialDeepStrictEqual(two.ChildShards, [
    { ShardId: SECOND, ParentShards: [FIRST], HashKeyRange: { StartingHashKey: '0' } },
    { ShardId: THIRD, ParentShards: [FIRST], HashKeyRange: { StartingHashKey: HALF } },
  ]);
});

test('two shards whose hash keys adjoin are merged into one', simulatorOnly, async () => {
  const StreamName = newStream('merge');
  await split(StreamName);
  await split(StreamName, SECOND, String(2n ** 126n));
  const merge = (ShardToMerge: string, AdjacentShardToMerge = THIRD) =>
    kinesis.send(new MergeShardsCommand({ StreamName, ShardToMerge, AdjacentShardToMerge }));

  await assert.rejects(merge('shardId-000000000003'), answered(400, 'InvalidArgumentException'));
  await merge('shardId-000000000004');

  const merged = (await shardsOf({ StreamName })).at(-1);
  assert.partialDeepStrictEqual(merged, {
    ParentShardId: 'shardId-000000000004',
    AdjacentParentShardId: THIRD,
    HashKeyRange: { StartingHashKey: String(2n ** 126n), EndingHashKey: String(2n ** 128n - 1n) },
  });
});

test('a stream is scaled to at most twice and at least half its shards', simulatorOnly, async () => {
  const StreamName = newStream('scale');
  const scale = (TargetShardCount: number) =>
    kinesis.send(
      new UpdateShardCountCommand({ StreamName, TargetShardCount, ScalingType: 'UNIFORM_SCALING' }),
    );
  const starts = async () =>
    (await shardsOf({ StreamName, ShardFilter: { Type: 'AT_LATEST' } }))
      .map(({ HashKeyRange }) => BigInt(HashKeyRange?.StartingHashKey ?? 0))
      .toSorted((a, b) => (a < b ? -1 : 1));

  const answer = await scale(2);
  await scale(3);

  assert.partialDeepStrictEqual(answer, { StreamName, CurrentShardCount: 1, TargetShardCount: 2 });
  assert.deepEqual(await starts(), [0n, 2n ** 128n / 3n, (2n ** 128n * 2n) / 3n]);
  for (const count of [7, 1]) await assert.rejects(scale(count), answered(400, 'InvalidArgumentException'));
  await scale(2);
  assert.deepEqual(await starts(), [0n, 2n ** 127n]);
});

test('shards are listed as they were at a time, in pages whose tokens expire', simulatorOnly, async () => {
  const StreamName = newStream('filters');
  const beforeAt = new Date(clock.now());
  clock.advance(3_600_000);
  await split(StreamName);

  assert.deepEqual(await idsOf({ StreamName }), [FIRST, SECOND, THIRD]);
  const at = (Type: 'AT_TIMESTAMP' | 'FROM_TIMESTAMP', Timestamp: Date) =>
    idsOf({ StreamName, ShardFilter: { Type, Timestamp } });
  assert.deepEqual(await idsOf({ StreamName, ShardFilter: { Type: 'AT_LATEST' } }), [SECOND, THIRD]);
  assert.deepEqual(await idsOf({ StreamName, ShardFilter: { Type: 'AT_TRIM_HORIZON' } }), [FIRST]);
  assert.deepEqual(await at('AT_TIMESTAMP', beforeAt), [FIRST]);
  assert.deepEqual(await at('FROM_TIMESTAMP', beforeAt), [FIRST, SECOND, THIRD]);

  const filter = { StreamName, ShardFilter: { Type: 'AT_LATEST' as const }, MaxResults: 1 };
  const { NextToken } = await kinesis.send(new ListShardsCommand(filter));
  assert.deepEqual(await idsOf({ NextToken }), [THIRD]);
  clock.advance(301_000);
  const expired = kinesis.send(new ListShardsCommand({ NextToken }));
  await assert.rejects(expired, answered(400, 'ExpiredNextTokenException'));

  clock.advance(24 * 3_600_000);
  assert.deepEqual(await idsOf({ StreamName }), [SECOND, THIRD]);
});

test('an iterator expires after five minutes', simulatorOnly, async () => {
  const StreamName = newStream('expiry');
  await put(StreamName, 'kept');
  const early = await iteratorOf(StreamName);
  clock.advance(301_000);

  await assert.rejects(read(early), answered(400, 'ExpiredIteratorException'));
  assert.equal((await read(await iteratorOf(StreamName))).Records?.length, 1);
});

test('who may read may not split', simulatorOnly, async () => {
  const StreamName = newStream('mine');
  const arn = 'arn:aws:iam::111122223333:role/reader';
  const Allow = { Effect: 'Allow', Action: 'kinesis:ListShards', Resource: '*' } as const;
  const credentials = target.gateway.identities.addRole({ arn, statements: [Allow] });
  const reader = new KinesisClient({ ...target.client, credentials, maxAttempts: 2 });

  assert.equal((await reader.send(new ListShardsCommand({ StreamName }))).Shards?.length, 1);
  const command = new SplitShardCommand({ StreamName, ShardToSplit: FIRST, NewStartingHashKey: HALF });
  await assert.rejects(reader.send(command), { name: 'AccessDeniedException' });
  reader.destroy();
});
