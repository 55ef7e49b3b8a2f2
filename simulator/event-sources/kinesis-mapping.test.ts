import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createClock } from '../clock.ts';
import { createKinesis } from '../services/kinesis/kinesis.ts';
import type { Simulator } from '../simulator.ts';
import { startKinesisMapping } from './kinesis-mapping.ts';
import {
  arnOf,
  happened,
  READS_STREAM,
  startTestStack,
  STREAM_ARN,
  type TestStack,
} from '../template/stack.fixture.ts';

/** Prints the batch it got, and fails for one that holds poison. */
const WORKER = `export const handler = async ({ Records }) => {
  const batch = Records.map(({ kinesis }) => JSON.parse(Buffer.from(kinesis.data, 'base64')).say);
  console.log(batch.join(' '));
  if (batch.includes('poison')) throw new Error('cannot stomach it');
};`;

test('a poison record is isolated, kept in the bucket with its payload, and everything behind it goes on', async (t) => {
  const simulator = await startWorker(t, {
    mapping: { BatchSize: 4, BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1, ...TO_BUCKET },
  });

  const [, , poison] = put(simulator, ['a', 'b', 'poison', 'c', 'd']);
  await happened(simulator, 'log', ({ line }) => line === 'd');

  assert.deepEqual(linesOf(simulator), ['a b poison c', 'a b', 'poison c', 'poison', 'poison', 'c', 'd']);
  const { Failures } = simulator.deployment.buckets;
  const bucket = Failures?.name ?? '';
  const [key = '', ...others] = simulator.s3.list(bucket);
  assert.equal(others.length, 0);
  const mappingId = simulator.deployment.physicalId('Mapping');
  assert.match(
    key,
    new RegExp(
      String.raw`^aws/lambda/${mappingId}/shardId-0{12}/\d{4}/\d\d/\d\d/\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d-[0-9a-f-]{36}$`,
    ),
  );
  const record = JSON.parse((await simulator.s3.get(bucket, key)).body.toString());
  assert.equal(record.requestContext.condition, 'RetryAttemptsExhausted');
  assert.match(record.requestContext.functionArn, /:function:Test-worker-\w+:\$LATEST$/);
  assert.equal(record.responseContext.functionError, 'Unhandled');
  assert.equal(record.KinesisBatchInfo.batchSize, 1);
  assert.equal(record.KinesisBatchInfo.startSequenceNumber, poison);
  const [{ kinesis }] = JSON.parse(record.payload).Records;
  assert.deepEqual(JSON.parse(Buffer.from(kinesis.data, 'base64').toString()), { say: 'poison' });
});

test('a queue as failure destination gets what the batch was about, and not the batch', async (t) => {
  const simulator = await startWorker(t, { mapping: { MaximumRetryAttempts: 0, ...TO_QUEUE } });

  put(simulator, ['poison']);
  await happened(simulator, 'invocation');

  const [message] = simulator.sqs.messages(simulator.deployment.attribute('GivenUp', 'Arn'));
  const record = JSON.parse(message?.body ?? '');
  assert.equal(record.KinesisBatchInfo.batchSize, 1);
  assert.equal(record.payload, undefined);
});

test('a record that cannot be processed is retried until it is too old', async (t) => {
  const simulator = await startWorker(t, { mapping: { MaximumRecordAgeInSeconds: 60, ...TO_QUEUE } });
  const givenUpArn = simulator.deployment.attribute('GivenUp', 'Arn');
  const startedAtMs = simulator.clock.now();

  put(simulator, ['poison']);
  await new Promise<void>((resolve) => simulator.sqs.onVisible(givenUpArn, resolve));

  assert.ok(simulator.clock.now() - startedAtMs >= 60_000);
  const [message] = simulator.sqs.messages(givenUpArn);
  assert.equal(JSON.parse(message?.body ?? '').requestContext.condition, 'EventAgeExceeded');
});

test('the shard waits for a record that is retried until it succeeds', async (t) => {
  const simulator = await startWorker(t, { mapping: { BatchSize: 1 } });
  simulator.lambda.crashNext('worker', 5);

  put(simulator, ['first', 'second']);
  await happened(simulator, 'log', ({ line }) => line === 'second');

  assert.deepEqual(linesOf(simulator), ['first', 'second']);
});

test('the function sees only what the filter lets through', async (t) => {
  const Filters = [{ Pattern: '{"data":{"say":[{"prefix":"vm"}]}}' }];
  const simulator = await startWorker(t, { mapping: { FilterCriteria: { Filters } } });

  simulator.kinesis.put(STREAM_ARN, 'not JSON', 'key');
  put(simulator, ['other', 'vm1', 'another', 'vm2']);
  await happened(simulator, 'invocation');

  assert.deepEqual(linesOf(simulator), ['vm1 vm2']);
});

test('records that the filter leaves out are counted as read, if the mapping asks for counts', async (t) => {
  const FilterCriteria = { Filters: [{ Pattern: '{"data":{"say":["nothing"]}}' }] };
  const counting = { FilterCriteria, MetricsConfig: { Metrics: ['EventCount'] } };
  const [silent, counted] = await Promise.all(
    [{ FilterCriteria }, counting].map((mapping) => startWorker(t, { mapping })),
  );

  for (const simulator of [silent, counted]) {
    if (simulator) put(simulator, ['something']);
    await simulator?.clock.sleep(1000);
  }

  const polled = [silent, counted].map((simulator) =>
    simulator?.cloudwatch.metrics().find(({ name }) => name === 'PolledEventCount'),
  );
  const EventSourceMappingUUID = counted?.deployment.physicalId('Mapping');
  assert.deepEqual(
    polled.map((metric) => metric?.dimensions),
    [undefined, { EventSourceMappingUUID }],
  );
});

test('if a batch that was given up cannot be kept, the shard and the time go on', async () => {
  const clock = createClock('fast');
  const kinesis = createKinesis({ clock });
  kinesis.createStream(STREAM_ARN);
  const bugs: unknown[] = [];
  const seen = Promise.withResolvers<void>();
  const payload = JSON.stringify({ errorType: 'Error' });
  const full = new Error('the disk is full');
  const stop = startKinesisMapping(
    {
      mappingId: 'm',
      functionArn: 'f',
      roleArn: 'r',
      streamArn: STREAM_ARN,
      region: 'us-east-1',
      batchSize: 1,
      filterPatterns: [],
      startAt: 'TRIM_HORIZON',
      reportsFailures: false,
      bisects: false,
      maxRetries: 0,
      maxRecordAgeMs: -1,
    },
    {
      clock,
      kinesis,
      invoke: (_arn, event) => {
        if (event.includes(Buffer.from('second').toString('base64'))) seen.resolve();
        return Promise.resolve({ payload, functionError: 'Unhandled' });
      },
      keepFailure: () => Promise.reject(full),
      onBug: (error) => bugs.push(error),
    },
  );

  for (const data of ['first', 'second']) kinesis.put(STREAM_ARN, data, 'key');
  await seen.promise;
  await clock.sleep(60_000);

  assert.deepEqual(bugs, [full, full]);
  stop();
  clock.stop();
});

test('the event is the one Lambda sends', async (t) => {
  const code = `export const handler = async (event) => { console.log(JSON.stringify(event)); };`;
  const simulator = await startWorker(t, { code });

  const [sequenceNumber = ''] = put(simulator, ['hello']);
  await happened(simulator, 'invocation');

  const [record] = JSON.parse(linesOf(simulator)[0] ?? '').Records;
  assert.equal(Math.floor(record.kinesis.approximateArrivalTimestamp).toString().length, 10);
  assert.deepEqual(
    { ...record, kinesis: { ...record.kinesis, approximateArrivalTimestamp: 0 } },
    {
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey: 'key',
        sequenceNumber,
        data: Buffer.from('{"say":"hello"}').toString('base64'),
        approximateArrivalTimestamp: 0,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `shardId-000000000000:${sequenceNumber}`,
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: simulator.deployment.attribute('workerRole', 'Arn'),
      awsRegion: 'us-east-1',
      eventSourceARN: STREAM_ARN,
    },
  );
});

const TO_BUCKET = { DestinationConfig: { OnFailure: { Destination: arnOf('Failures') } } };
const TO_QUEUE = { DestinationConfig: { OnFailure: { Destination: arnOf('GivenUp') } } };

function startWorker(
  t: TestContext,
  { code = WORKER, mapping = {} }: { code?: string; mapping?: Readonly<Record<string, unknown>> } = {},
) {
  const everyFailure = { 'Fn::Sub': '${Failures.Arn}/aws/lambda/*' };
  const stack: TestStack = {
    functions: {
      worker: {
        code,
        may: [
          READS_STREAM,
          { Effect: 'Allow', Action: 's3:PutObject', Resource: everyFailure },
          { Effect: 'Allow', Action: 's3:ListBucket', Resource: arnOf('Failures') },
          { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arnOf('GivenUp') },
        ],
      },
    },
    resources: {
      Failures: { Type: 'AWS::S3::Bucket' },
      GivenUp: { Type: 'AWS::SQS::Queue' },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: STREAM_ARN,
          FunctionName: { Ref: 'worker' },
          StartingPosition: 'TRIM_HORIZON',
          ...mapping,
        },
      },
    },
  };
  return startTestStack(t, stack);
}

/** Returns the sequence numbers. */
function put({ kinesis }: Simulator, words: readonly string[]): readonly string[] {
  return words.map((say) => kinesis.put(STREAM_ARN, JSON.stringify({ say }), 'key').sequenceNumber);
}

/** What the worker printed; the lines about its errors left out. */
function linesOf({ lambda }: Simulator): readonly string[] {
  return lambda.logs('worker').filter((line) => !line.startsWith('{"errorType"'));
}
