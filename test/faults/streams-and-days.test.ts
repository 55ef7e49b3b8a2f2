import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ConnectClient, StopContactCommand } from '@aws-sdk/client-connect';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  MergeShardsCommand,
  SplitShardCommand,
  UpdateShardCountCommand,
} from '@aws-sdk/client-kinesis';
import {
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { ChangeMessageVisibilityCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { leaveVoicemail, SAID, startCloud, untilSettled } from './cloud.ts';
import { assertDeliveredOnce, arrivals } from './count-deliveries.ts';
import { ledgerFaults } from './ledger-faults.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const PATIENCE_MS = 3 * HOUR_MS;

const simulator = await startCloud({});
const { connect, deployment, clock } = simulator;
const client = { endpoint: simulator.endpoint, credentials: simulator.credentials, region: 'us-east-1' };
const kinesis = new KinesisClient(client);
const lambda = new LambdaClient(client);
const sqs = new SQSClient(client);
after(async () => {
  for (const one of [kinesis, lambda, sqs]) one.destroy();
  await simulator.close();
});

const { contactRecordStreamArn: StreamARN } = connect.world;
const [FIRST = ''] = simulator.kinesis.shards(StreamARN);
const contactIds: string[] = [];
/** Voicemails whose first task nobody took. */
const returned: string[] = [];

function leave(count: number): readonly string[] {
  const left = Array.from({ length: count }, () => leaveVoicemail(simulator, 'task'));
  contactIds.push(...left);
  return left;
}

const settled = (these: readonly string[] = contactIds) => untilSettled(simulator, these, PATIENCE_MS);

/** Those that are open, by their hash keys. */
async function openShards(): Promise<readonly string[]> {
  const ShardFilter = { Type: 'AT_LATEST' as const };
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamARN, ShardFilter }));
  const start = ({ HashKeyRange }: (typeof Shards)[number]) => BigInt(HashKeyRange?.StartingHashKey ?? 0);
  return Shards.toSorted((a, b) => (start(a) < start(b) ? -1 : 1)).map(({ ShardId = '' }) => ShardId);
}

const scale = (TargetShardCount: number) =>
  kinesis.send(new UpdateShardCountCommand({ StreamARN, TargetShardCount, ScalingType: 'UNIFORM_SCALING' }));

/** The shards that a voicemail's record, or its task's, came through. */
function shardsUsed(): readonly string[] {
  return simulator.kinesis
    .shards(StreamARN)
    .filter((shardId) => simulator.kinesis.read(StreamARN, shardId, undefined, 1).length > 0);
}

/** An operator stops a function's mapping, or lets it go on. Returns what it reads from. */
async function enable(bundle: string, Enabled: boolean): Promise<string> {
  const name = deployment.physicalId(deployment.idOf('AWS::Lambda::Function', bundle));
  const listed = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName: name }));
  const [{ UUID, EventSourceArn = '' } = {}] = listed.EventSourceMappings ?? [];
  await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
  return EventSourceArn;
}

test('a stream that is split, scaled and merged while records arrive delivers every voicemail once', async () => {
  leave(3);
  const split = { StreamARN, ShardToSplit: FIRST, NewStartingHashKey: String(2n ** 127n) };
  await kinesis.send(new SplitShardCommand(split));
  leave(4);
  await scale(3);
  leave(4);
  const [ShardToMerge, AdjacentShardToMerge] = await openShards();
  await kinesis.send(new MergeShardsCommand({ StreamARN, ShardToMerge, AdjacentShardToMerge }));
  leave(3);

  await settled();

  assert.ok(shardsUsed().length >= 4, shardsUsed().join(' '));
  assertDeliveredOnce(simulator, contactIds, SAID);
});

test('a task that ends while the stream is scaled comes back once', async () => {
  const [contactId = ''] = leave(1);
  await settled();
  const tasks = () => arrivals(simulator).filter((one) => one.contactId === contactId);
  const { instanceArn: InstanceId } = connect.world;
  const ending = new ConnectClient(client);

  await ending.send(new StopContactCommand({ InstanceId, ContactId: tasks()[0]?.id }));
  await scale(4);
  await clock.sleep(HOUR_MS);
  ending.destroy();

  assert.equal(tasks().length, 2);
  assert.match(tasks()[1]?.text ?? '', /^Nobody took the first task/);
  returned.push(contactId);
});

test('reading that stops for longer than an iterator lives goes on where it stopped', async () => {
  const [ShardId] = await openShards();
  const from = { StreamARN, ShardId, ShardIteratorType: 'LATEST' as const };
  const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(from));
  const before = leave(2);
  await enable('contact-records', false);
  const waiting = leave(3);
  await clock.sleep(6 * HOUR_MS);

  const expired = kinesis.send(new GetRecordsCommand({ ShardIterator }));
  await assert.rejects(expired, { name: 'ExpiredIteratorException' });
  assert.ok(!arrivals(simulator).some(({ contactId }) => waiting.includes(contactId)));
  await enable('contact-records', true);
  const later = leave(2);
  await settled();
  assertDeliveredOnce(simulator, [...before, ...waiting, ...later], SAID);
});

test('messages that are received after three days, the last one first, are delivered once each', async () => {
  const queueArn = await enable('deliver-voicemail', false);
  const waiting = leave(4);
  await clock.sleep(10 * MINUTE_MS);
  clock.leapTo(clock.now() + 3 * DAY_MS);
  const messages = simulator.sqs.messages(queueArn);
  assert.ok(messages.length >= waiting.length, String(messages.length));
  assert.ok(simulator.sqs.oldestAgeMs(queueArn) > 3 * DAY_MS);

  await turnRound(simulator.sqs.queueUrl(queueArn));
  await enable('deliver-voicemail', true);
  await settled();

  const order = arrivals(simulator)
    .map(({ contactId }) => contactId)
    .filter((contactId) => waiting.includes(contactId));
  assert.notDeepEqual(order, waiting);
  assertDeliveredOnce(simulator, waiting, SAID);
});

/** Receives all that is in a queue, and lets it be received again a minute apart, the last one first. */
async function turnRound(QueueUrl: string): Promise<void> {
  const handles: (string | undefined)[] = [];
  for (;;) {
    const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 3600 });
    const { Messages = [] } = await sqs.send(receive);
    if (Messages.length === 0) break;
    handles.push(...Messages.map(({ ReceiptHandle }) => ReceiptHandle));
  }
  for (const [index, ReceiptHandle] of handles.toReversed().entries()) {
    const VisibilityTimeout = (index + 1) * 60;
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
  }
}

test('for all of them the ledger agrees', async () => {
  const once = contactIds.filter((contactId) => !returned.includes(contactId));
  const wrong = await ledgerFaults(simulator, once);

  assert.deepEqual(
    wrong.filter((line) => !returned.some((contactId) => line.startsWith(contactId))),
    [],
  );
});
