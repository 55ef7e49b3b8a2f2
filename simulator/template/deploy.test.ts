import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  arnOf,
  happened,
  READS_STREAM,
  startTestStack,
  STREAM_ARN,
  type TestStack,
  worksOn,
} from './stack.fixture.ts';
import { TemplateError } from './template-error.ts';

const PRINT = { code: 'export const handler = async (event) => { console.log(JSON.stringify(event)); };' };
const QUEUE = { Type: 'AWS::SQS::Queue' };
const BUCKET = {
  Type: 'AWS::S3::Bucket',
  Properties: { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } },
};

test('resources get CloudFormation’s names, and references to them match', async (t) => {
  const { deployment, endpoint } = await startTestStack(t, {
    functions: { worker: PRINT },
    resources: {
      Calls: BUCKET,
      Work: QUEUE,
      Ledger: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          BillingMode: 'PAY_PER_REQUEST',
        },
      },
      Log: { Type: 'AWS::Logs::LogGroup' },
      Key: { Type: 'AWS::KMS::Key' },
      Never: { ...QUEUE, Condition: 'Unused' },
    },
    outputs: { Bucket: { Value: { 'Fn::Sub': 'arn:aws:s3:::${Calls}' } }, Log: { Value: arnOf('Log') } },
    conditions: { Unused: { 'Fn::Equals': ['a', 'b'] } },
  });

  const bucket = deployment.buckets['Calls']?.name ?? '';
  assert.match(bucket, /^test-calls-[a-z0-9]{12}$/);
  assert.equal(deployment.outputs['Bucket'], `arn:aws:s3:::${bucket}`);
  assert.match(deployment.outputs['Log'] ?? '', /:log-group:Test-Log-\w{12}:\*$/);
  assert.match(deployment.functions['worker']?.arn ?? '', /:function:Test-worker-\w{12}$/);
  const { url = '', arn = '' } = deployment.queues['Work'] ?? {};
  assert.equal(url, `${endpoint}/111122223333/${arn.split(':').at(-1)}`);
  assert.match(deployment.tables['Ledger']?.name ?? '', /^Test-Ledger-/);
  assert.deepEqual(deployment.ignored, [{ logicalId: 'Key', type: 'AWS::KMS::Key' }]);
  assert.equal(deployment.idOf('AWS::Lambda::Function', 'worker'), 'worker');
  assert.throws(() => deployment.idOf('AWS::Lambda::Function', 'nobody'), TemplateError);
  assert.throws(() => deployment.physicalId('Never'), TemplateError);
});

test('an object in a bucket becomes an event in a queue, and a function gets the input of a schedule', async (t) => {
  const letsRuleIn = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: arnOf('Work'),
    Condition: { ArnEquals: { 'aws:SourceArn': arnOf('Rule') } },
  };
  const simulator = await startTestStack(t, {
    functions: { worker: { ...PRINT, may: [worksOn('Work')] } },
    resources: {
      Calls: BUCKET,
      Work: QUEUE,
      Rule: rule('Work', {
        EventPattern: { source: ['aws.s3'], detail: { bucket: { name: [{ Ref: 'Calls' }] } } },
      }),
      Policy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: { Queues: [{ Ref: 'Work' }], PolicyDocument: { Statement: [letsRuleIn] } },
      },
      Mapping: mapping({ EventSourceArn: arnOf('Work') }),
      Tick: rule('worker', { ScheduleExpression: 'rate(1 minute)' }, { Input: '{"tick":true}' }),
      MayTick: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: arnOf('worker'),
          Principal: 'events.amazonaws.com',
          SourceArn: arnOf('Tick'),
        },
      },
    },
  });
  const bucket = simulator.deployment.buckets['Calls']?.name ?? '';

  await simulator.s3.put({ bucket, key: 'a.wav', body: Buffer.from('x') });
  await happened(simulator, 'invocation');
  simulator.clock.advance(60_000);
  await happened(simulator, 'invocation');

  const [fromQueue = '', fromSchedule] = simulator.lambda.logs('worker');
  assert.equal(JSON.parse(JSON.parse(fromQueue).Records[0].body).detail.object.key, 'a.wav');
  assert.equal(fromSchedule, '{"tick":true}');
});

test('if a permission is removed from a role, its call is refused', async (t) => {
  const sqs = JSON.stringify(import.meta.resolve('@aws-sdk/client-sqs'));
  const code = `import { SQSClient, SendMessageCommand } from ${sqs};
    export const handler = () => new SQSClient().send(
      new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: 'hello' }));`;
  const send = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arnOf('Work') };
  const properties = { Environment: { Variables: { QUEUE_URL: { Ref: 'Work' } } } };
  const stack: TestStack = {
    functions: { worker: { code, properties, may: [send] } },
    resources: { Work: QUEUE },
  };
  const allowed = await startTestStack(t, stack);
  const refused = await startTestStack(t, stack, {
    templatePatch: (template) =>
      JSON.parse(JSON.stringify(template).replace('"sqs:SendMessage"', '"sqs:GetQueueUrl"')),
  });
  const [sent, notSent] = await Promise.all(
    [allowed, refused].map(({ lambda, deployment }) => lambda.invoke(deployment.physicalId('worker'), '{}')),
  );

  assert.equal(sent?.functionError, undefined);
  assert.equal(notSent?.functionError, 'Unhandled');
  assert.match(notSent?.payload ?? '', /worker is not authorized to perform: sqs:SendMessage on resource/);
});

const worker = { worker: PRINT };
const reader = { worker: { ...PRINT, may: [READS_STREAM] } };
const REFUSED: readonly (readonly [what: string, stack: TestStack, message: RegExp])[] = [
  [
    'a type of resource the simulator does not know',
    { resources: { Web: { Type: 'AWS::EC2::Instance' } } },
    /^AWS::EC2::Instance Web: the simulator does not know this type/,
  ],
  [
    'a property the simulator does not know',
    { resources: { Work: { ...QUEUE, Properties: { FifoQueue: true } } } },
    /^AWS::SQS::Queue Work: .*FifoQueue/,
  ],
  [
    'a managed policy the simulator does not know',
    {
      resources: {
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/Admin'] },
        },
      },
    },
    /does not know the managed policy arn:aws:iam::aws:policy\/Admin/,
  ],
  [
    'a queue whose worker is not allowed to receive from it',
    { functions: worker, resources: { Work: QUEUE, Mapping: mapping({ EventSourceArn: arnOf('Work') }) } },
    /The provided execution role does not have permissions to call ReceiveMessage on SQS/,
  ],
  [
    'a queue with a visibility timeout shorter than its worker’s time-out',
    {
      functions: { worker: { ...PRINT, may: [worksOn('Work')], properties: { Timeout: 60 } } },
      resources: { Work: QUEUE, Mapping: mapping({ EventSourceArn: arnOf('Work') }) },
    },
    /Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds/,
  ],
  [
    'a stream whose reader is not allowed to read it',
    { functions: worker, resources: { Mapping: mapping(fromStream()) } },
    /Cannot access stream .* Please ensure the role can perform the GetRecords/,
  ],
  [
    'a failure destination that the reader is not allowed to write to',
    {
      functions: reader,
      resources: {
        Calls: BUCKET,
        Mapping: mapping({
          ...fromStream(),
          DestinationConfig: { OnFailure: { Destination: arnOf('Calls') } },
        }),
      },
    },
    /does not have permissions to write to the S3 destination \(s3:PutObject on arn:aws:s3:::test-calls-/,
  ],
  [
    'a rule that its queue does not allow',
    { resources: { Work: QUEUE, Rule: rule('Work', { EventPattern: { source: ['aws.s3'] } }) } },
    /^AWS::Events::Rule Rule: no AWS::SQS::QueuePolicy lets events\.amazonaws\.com do sqs:SendMessage/,
  ],
  [
    'a rule that its function does not allow',
    { functions: worker, resources: { Rule: rule('worker', { ScheduleExpression: 'rate(1 minute)' }) } },
    /^AWS::Events::Rule Rule: no AWS::Lambda::Permission lets events\.amazonaws\.com invoke/,
  ],
  [
    'a policy for an unknown role',
    {
      resources: {
        Policy: {
          Type: 'AWS::IAM::Policy',
          Properties: { PolicyName: 'p', PolicyDocument: { Statement: [] }, Roles: ['nobody'] },
        },
      },
    },
    /the template has no role nobody/,
  ],
];

for (const [what, stack, message] of REFUSED) {
  test(`${what} is refused before anything runs`, async (t) => {
    await assert.rejects(startTestStack(t, stack), (error) => {
      assert.ok(error instanceof TemplateError, String(error));
      assert.match(error.message, message);
      return true;
    });
  });
}

function fromStream() {
  return { EventSourceArn: STREAM_ARN, StartingPosition: 'LATEST' };
}

function mapping(properties: Readonly<Record<string, unknown>>) {
  return {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { FunctionName: { Ref: 'worker' }, ...properties },
  };
}

function rule(target: string, properties: object, targetProperties: object = {}) {
  return {
    Type: 'AWS::Events::Rule',
    Properties: { ...properties, Targets: [{ Id: 'Target0', Arn: arnOf(target), ...targetProperties }] },
  };
}
