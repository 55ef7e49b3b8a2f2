import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  ConnectClient,
  StartTaskContactCommand,
  UpdateContactAttributesCommand,
} from '@aws-sdk/client-connect';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeStreamSummaryCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { APIName, GetDataEndpointCommand, KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetTranscriptionJobCommand, TranscribeClient } from '@aws-sdk/client-transcribe';
import { answered } from '../conformance/setup.ts';
import { startLaptop } from '../e2e/laptop.ts';

const ATTEMPTS = 2;
const QUEUE_URL = 'https://sqs.us-east-1.amazonaws.com/111122223333/any';

const { simulator, happenings } = await startLaptop();
const { endpoint, credentials } = simulator;
const settings = { endpoint, credentials, region: 'us-east-1', maxAttempts: ATTEMPTS };
const connect = new ConnectClient(settings);
const dynamodb = new DynamoDBClient(settings);
const kinesis = new KinesisClient(settings);
const kinesisVideo = new KinesisVideoClient(settings);
const lambda = new LambdaClient(settings);
const s3 = new S3Client({ ...settings, forcePathStyle: true });
const secrets = new SecretsManagerClient(settings);
const sqs = new SQSClient({ ...settings, useQueueUrlAsEndpoint: false });
const transcribe = new TranscribeClient(settings);
const clients = [connect, dynamodb, kinesis, kinesisVideo, lambda, s3, secrets, sqs, transcribe];
after(() => {
  for (const client of clients) client.destroy();
});

const { instanceArn: InstanceId, contactRecordStreamArn: StreamARN } = simulator.connect.world;
const ContactId = 'c0ffee00-0000-4000-8000-0000000000c1';

/** The call, its refusal, and whether the SDK retries it. */
const CASES: readonly (readonly [
  operation: string,
  call: () => Promise<unknown>,
  refused: readonly [status: number, name: string],
  isRetried: boolean,
])[] = [
  [
    'UpdateContactAttributes',
    () =>
      connect.send(
        new UpdateContactAttributesCommand({ InstanceId, InitialContactId: ContactId, Attributes: {} }),
      ),
    [429, 'TooManyRequestsException'],
    true,
  ],
  [
    'GetItem',
    () => dynamodb.send(new GetItemCommand({ TableName: 'any-table', Key: {} })),
    // DynamoDB has several names for it; this is the second.
    [400, 'RequestLimitExceeded'],
    true,
  ],
  [
    'DescribeStreamSummary',
    () => kinesis.send(new DescribeStreamSummaryCommand({ StreamARN })),
    [400, 'ProvisionedThroughputExceededException'],
    true,
  ],
  [
    'GetDataEndpoint',
    () =>
      kinesisVideo.send(new GetDataEndpointCommand({ StreamName: 'any', APIName: APIName.LIST_FRAGMENTS })),
    [400, 'ClientLimitExceededException'],
    false,
  ],
  [
    'Invoke',
    () => lambda.send(new InvokeCommand({ FunctionName: functionName() })),
    [429, 'TooManyRequestsException'],
    true,
  ],
  ['GetObject', () => s3.send(new GetObjectCommand({ Bucket: 'any', Key: 'a' })), [503, 'SlowDown'], true],
  [
    'GetSecretValue',
    () => secrets.send(new GetSecretValueCommand({ SecretId: 'any' })),
    [400, 'ThrottlingException'],
    true,
  ],
  [
    'SendMessage',
    () => sqs.send(new SendMessageCommand({ QueueUrl: QUEUE_URL, MessageBody: 'a' })),
    [400, 'RequestThrottled'],
    true,
  ],
  [
    'GetTranscriptionJob',
    () => transcribe.send(new GetTranscriptionJobCommand({ TranscriptionJobName: 'any' })),
    [400, 'LimitExceededException'],
    true,
  ],
];

for (const [operation, call, [status, name], isRetried] of CASES) {
  test(`${operation} is throttled with ${status} ${name}, which the SDK ${isRetried ? 'retries' : 'does not retry'}`, async () => {
    simulator.faults.set({ rules: [{ operation, fault: 'throttle' }] });
    const before = callsOf(operation);

    await assert.rejects(call(), answered(status, name));

    assert.equal(callsOf(operation) - before, isRetried ? ATTEMPTS : 1);
  });

  test(`${operation} fails with a 5xx, which the SDK retries`, async () => {
    simulator.faults.set({ rules: [{ operation, fault: 'fail' }] });
    const before = callsOf(operation);

    await assert.rejects(call(), (error) => hasStatus(error, (code) => code >= 500));

    assert.equal(callsOf(operation) - before, ATTEMPTS);
  });

  test(`${operation} gets no answer when the connection is cut, and the SDK retries`, async () => {
    simulator.faults.set({ rules: [{ operation, fault: 'cut-before' }] });
    const before = callsOf(operation);

    await assert.rejects(call(), (error) => hasStatus(error, undefined));

    assert.equal(callsOf(operation) - before, ATTEMPTS);
  });
}

test('a call whose answer breaks off in its body is retried, and the error has the status of the answer', async () => {
  const [table] = Object.values(simulator.deployment.tables);
  const command = new GetItemCommand({ TableName: table?.name, Key: { contactId: { S: ContactId } } });
  simulator.faults.set({ rules: [{ operation: 'GetItem', fault: 'cut-body' }] });
  const before = callsOf('GetItem');

  await assert.rejects(dynamodb.send(command), (error) => hasStatus(error, (code) => code === 200));

  assert.equal(callsOf('GetItem') - before, ATTEMPTS);
});

test('only the reader notices that an object breaks off, after the SDK has returned', async () => {
  const [bucket] = Object.values(simulator.deployment.buckets);
  const object = { Bucket: bucket?.name, Key: 'cut' };
  await s3.send(new PutObjectCommand({ ...object, Body: 'a'.repeat(1000) }));
  simulator.faults.set({ rules: [{ operation: 'GetObject', nth: 1, fault: 'cut-body' }] });
  const before = callsOf('GetObject');

  const { ContentLength, Body } = await s3.send(new GetObjectCommand(object));

  assert.equal(ContentLength, 1000);
  await assert.rejects(async () => Body?.transformToString(), { code: 'ECONNRESET' });
  assert.equal(callsOf('GetObject') - before, 1);
  assert.deepEqual(simulator.faults.used(), [true]);
});

test('an answer without a body is not sent at all, and the operation was done', async () => {
  const [bucket] = Object.values(simulator.deployment.buckets);
  const object = { Bucket: bucket?.name, Key: 'unanswered' };
  simulator.faults.set({ rules: [{ operation: 'PutObject', fault: 'cut-body' }] });

  await assert.rejects(s3.send(new PutObjectCommand({ ...object, Body: 'a' })), (error) =>
    hasStatus(error, undefined),
  );

  await s3.send(new HeadObjectCommand(object));
});

test('a quota of tasks that is used up is a 402, which the SDK does not retry', async () => {
  const ContactFlowId = simulator.connect.flows.all().find(({ type }) => type === 'CONTACT_FLOW')?.id;
  const command = new StartTaskContactCommand({ InstanceId, ContactFlowId, Name: 'a task' });
  simulator.faults.set({ rules: [{ operation: 'StartTaskContact', fault: 'throttle' }] });

  await assert.rejects(connect.send(command), answered(402, 'ServiceQuotaExceededException'));

  assert.equal(callsOf('StartTaskContact'), 1);
});

test('HEAD, which has no body to say why, is a bare 503', async () => {
  simulator.faults.set({ rules: [{ operation: 'HeadObject', fault: 'throttle' }] });

  await assert.rejects(s3.send(new HeadObjectCommand({ Bucket: 'any', Key: 'a' })), (error) =>
    hasStatus(error, (code) => code === 503),
  );
});

test('a call that is never answered ends when its caller closes it, with or without its effect', async () => {
  const requestHandler = { requestTimeout: 200, throwOnRequestTimeout: true };
  const impatient = new S3Client({ ...settings, forcePathStyle: true, requestHandler, maxAttempts: 1 });
  const bucket = simulator.deployment.physicalId(simulator.deployment.idOf('AWS::S3::Bucket', 'failures'));
  const put = (Key: string) => impatient.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'a' }));

  for (const [key, fault] of [
    ['a', 'hang-before'],
    ['b', 'hang-after'],
  ] as const) {
    simulator.faults.set({ rules: [{ operation: 'PutObject', fault }] });
    await assert.rejects(put(key), { name: 'TimeoutError' });
  }
  simulator.faults.clear();
  impatient.destroy();

  assert.deepEqual(simulator.s3.list(bucket, ''), ['b']);
});

test('a slow answer takes the simulator’s time', async () => {
  simulator.faults.set({ rules: [{ operation: 'GetSecretValue', fault: { slowMs: 3_600_000 } }] });
  const startedAtMs = simulator.clock.now();

  await assert.rejects(secrets.send(new GetSecretValueCommand({ SecretId: 'any' })));

  assert.ok(simulator.clock.now() - startedAtMs >= 3_600_000);
});

function callsOf(operation: string): number {
  return happenings.filter((one) => one.kind === 'api-call' && one.operation === operation).length;
}

function functionName(): string {
  const { deployment } = simulator;
  return deployment.physicalId(deployment.idOf('AWS::Lambda::Function', 'show-voicemail'));
}

/** `fits` undefined: AWS did not answer at all. */
function hasStatus(error: unknown, fits: ((code: number) => boolean) | undefined): boolean {
  const status =
    error instanceof Error && '$metadata' in error && error.$metadata instanceof Object
      ? Reflect.get(error.$metadata, 'httpStatusCode')
      : undefined;
  return fits ? typeof status === 'number' && fits(status) : status === undefined;
}
