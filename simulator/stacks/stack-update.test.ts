import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ContinueUpdateRollbackCommand,
  DeleteChangeSetCommand,
  RollbackStackCommand,
} from '@aws-sdk/client-cloudformation';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { STACK, startLife } from './stack-life.fixture.ts';

const UPDATE = { ChangeSetType: 'UPDATE' } as const;
const BROKEN = {
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { FunctionName: 'nobody', EventSourceArn: 'arn:aws:sqs:us-east-1:111122223333:none' },
};
const queue = (Properties: object = {}) => ({ Type: 'AWS::SQS::Queue', Properties });
const topic = (DisplayName: string) => ({ Type: 'AWS::SNS::Topic', Properties: { DisplayName } });
const alarm = (of: string, more: object = {}) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    Namespace: 'Acme',
    MetricName: 'Waiting',
    Dimensions: [{ Name: 'queue', Value: { 'Fn::GetAtt': [of, 'QueueName'] } }],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    ...more,
  },
});

const table = (key: string) => ({
  Type: 'AWS::DynamoDB::Table',
  UpdateReplacePolicy: 'Retain',
  Properties: {
    AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
    KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  },
});
const bucket = (Status: string) => ({
  Type: 'AWS::S3::Bucket',
  Properties: { VersioningConfiguration: { Status } },
});

test('a queue that changes keeps its messages, and one that is not in the template any more goes', async (t) => {
  const { make, update, simulator, events } = await startLife(t);
  await make({ Queue: queue(), Old: queue() });
  const { arn = '' } = simulator.deployed(STACK).queues['Queue'] ?? {};
  simulator.sqs.send(arn, 'kept');

  const { StackStatus, LastUpdatedTime } = await update({
    Queue: queue({ VisibilityTimeout: 60 }),
    New: queue(),
  });

  assert.equal(StackStatus, 'UPDATE_COMPLETE');
  assert.ok(LastUpdatedTime instanceof Date);
  assert.deepEqual(
    simulator.sqs.messages(arn).map(({ body }) => body),
    ['kept'],
  );
  assert.deepEqual(Object.keys(simulator.deployed(STACK).queues), ['Queue', 'New']);
  assert.equal(simulator.sqs.queueArns().length, 2);
  assert.deepEqual((await events()).slice(4 + 2), [
    'Acme UPDATE_IN_PROGRESS',
    'Queue UPDATE_IN_PROGRESS',
    'Queue UPDATE_COMPLETE',
    'New CREATE_IN_PROGRESS',
    'New CREATE_COMPLETE',
    'Acme UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'Old DELETE_IN_PROGRESS',
    'Old DELETE_COMPLETE',
    'Acme UPDATE_COMPLETE',
  ]);
});

test('a change set says what is replaced, and what that changes in turn', async (t) => {
  const { make, propose, execute, simulator } = await startLife(t);
  await make({ Queue: queue({ QueueName: 'one' }), Alarm: alarm('Queue') });

  const { Changes = [] } = await propose(
    { Queue: queue({ QueueName: 'two' }), Alarm: alarm('Queue') },
    UPDATE,
  );

  const told = Changes.map(({ ResourceChange: one }) => [
    one?.LogicalResourceId,
    one?.Replacement,
    one?.PolicyAction,
    one?.Details?.map(({ Target }) => [Target?.Name, Target?.RequiresRecreation, Target?.AfterValue]),
  ]);
  assert.deepEqual(told, [
    ['Queue', 'True', 'ReplaceAndDelete', [['QueueName', 'Always', 'two']]],
    ['Alarm', 'False', undefined, [['Dimensions', 'Never', '[{"Name":"queue","Value":"two"}]']]],
  ]);
  assert.equal((await execute()).StackStatus, 'UPDATE_COMPLETE');
  assert.deepEqual(
    simulator.sqs.queueArns().map((arn) => arn.split(':').at(-1)),
    ['two'],
  );
});

test('a resource that is replaced has another generated name, and may be retained', async (t) => {
  const { make, update, simulator, resourceRows, s3 } = await startLife(t);
  await make({ Table: table('id'), Bucket: bucket('Suspended') });
  const { tables, buckets } = simulator.deployed(STACK);
  const Bucket = buckets['Bucket']?.name ?? '';
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'a' }));

  const { StackStatus } = await update({ Table: table('key'), Bucket: bucket('Enabled') });

  assert.equal(StackStatus, 'UPDATE_COMPLETE');
  const now = simulator.deployed(STACK);
  assert.notEqual(now.tables['Table']?.name, tables['Table']?.name);
  assert.deepEqual(simulator.s3.list(now.buckets['Bucket']?.name ?? ''), ['a']);
  const rows = await resourceRows();
  assert.deepEqual(Object.fromEntries(rows.map((one) => [one.LogicalResourceId, one.ResourceStatus])), {
    Table: 'UPDATE_COMPLETE',
    Bucket: 'UPDATE_COMPLETE',
  });
  const again = await update({ Table: table('id'), Bucket: bucket('Enabled') });
  assert.equal(again.StackStatus, 'UPDATE_COMPLETE');
});

test('an update that fails makes everything as it was', async (t) => {
  const { make, update, simulator, events, ended } = await startLife(t);
  const before = { Queue: queue({ DelaySeconds: 5 }), Old: queue(), Alarm: alarm('Queue') };
  await make(before);
  const [arn = ''] = simulator.sqs.queueArns();
  simulator.sqs.send(arn, 'kept');

  const { StackStatus, StackStatusReason } = await update({
    Queue: queue({ DelaySeconds: 9 }),
    New: queue(),
    Alarm: alarm('Queue', { Threshold: 2 }),
    BROKEN,
  });

  assert.equal(StackStatus, 'UPDATE_ROLLBACK_COMPLETE');
  assert.equal(StackStatusReason, undefined);
  const told = await events();
  assert.ok(told.includes('BROKEN CREATE_FAILED'));
  assert.ok(told.includes('Acme UPDATE_ROLLBACK_IN_PROGRESS'));
  assert.deepEqual(Object.keys(simulator.deployed(STACK).queues), ['Queue', 'Old']);
  assert.equal(simulator.sqs.queueArns().length, 2);
  const [kept] = simulator.cloudwatch.alarms().values();
  assert.equal(kept?.settings.threshold, 1);
  assert.deepEqual(
    simulator.sqs.messages(arn).map(({ body }) => body),
    ['kept'],
  );
  assert.equal((await update({ Queue: queue({ DelaySeconds: 9 }) })).StackStatus, 'UPDATE_COMPLETE');
  assert.equal((await ended()).StackStatus, 'UPDATE_COMPLETE');
});

test('a change set without a change fails, and says so', async (t) => {
  const { make, propose, execute, cloudFormation } = await startLife(t);
  await make({ Queue: queue() });

  const { Status, StatusReason, ExecutionStatus } = await propose({ Queue: queue() }, UPDATE);

  assert.deepEqual([Status, ExecutionStatus], ['FAILED', 'UNAVAILABLE']);
  assert.match(StatusReason ?? '', /^The submitted information didn't contain changes\./);
  await assert.rejects(execute(), { name: 'InvalidChangeSetStatusException' });
  await cloudFormation.send(new DeleteChangeSetCommand({ StackName: STACK, ChangeSetName: 'change' }));
  const more = { ...UPDATE, Outputs: { Name: { Value: { 'Fn::GetAtt': ['Queue', 'QueueName'] } } } };
  assert.equal((await propose({ Queue: queue() }, more)).Status, 'CREATE_COMPLETE');
});

test('a stack that was never made, and a resource of another type, are not updated', async (t) => {
  const { make, propose } = await startLife(t);

  await assert.rejects(propose({ Queue: queue() }, UPDATE), /Stack with id Acme does not exist/);
  await make({ Queue: queue(), BROKEN });
  await assert.rejects(
    propose({ Queue: queue() }, UPDATE),
    /is in ROLLBACK_COMPLETE state and can not be updated/,
  );
});

test('a resource does not become one of another type', async (t) => {
  const { make, propose } = await startLife(t);
  await make({ Queue: queue() });

  await assert.rejects(
    propose({ Queue: { Type: 'AWS::S3::Bucket' } }, UPDATE),
    /Update of resource type is not permitted.*\[Queue\]/,
  );
});

test('an update that fails stays as it is where rollback is off, until somebody rolls it back', async (t) => {
  const { make, propose, execute, simulator, ended, cloudFormation } = await startLife(t);
  await make({ Queue: queue({ DelaySeconds: 5 }) });
  await propose({ Queue: queue({ DelaySeconds: 9 }), New: queue(), BROKEN }, UPDATE);

  const { StackStatus, StackStatusReason } = await execute({ DisableRollback: true });

  assert.equal(StackStatus, 'UPDATE_FAILED');
  assert.equal(StackStatusReason, 'The following resource(s) failed to create: [BROKEN].');
  assert.equal(simulator.sqs.queueArns().length, 2);
  await cloudFormation.send(new RollbackStackCommand({ StackName: STACK }));
  assert.equal((await ended()).StackStatus, 'UPDATE_ROLLBACK_COMPLETE');
  assert.equal(simulator.sqs.queueArns().length, 1);
  await assert.rejects(
    cloudFormation.send(new RollbackStackCommand({ StackName: STACK })),
    /can not be rolled back/,
  );
});

test('an update that failed with rollback off is deleted with what it made', async (t) => {
  const { make, propose, execute, simulator, remove } = await startLife(t);
  await make({ Queue: queue() });
  await propose({ Queue: queue(), New: queue(), BROKEN }, UPDATE);
  await execute({ DisableRollback: true });

  assert.equal((await remove()).StackStatus, 'DELETE_COMPLETE');

  assert.deepEqual(simulator.sqs.queueArns(), []);
});

test('a rollback that fails goes on when it is continued, without what is skipped', async (t) => {
  const { make, propose, execute, simulator, ended, cloudFormation, resourceRows } = await startLife(t);
  await make({ Queue: queue({ DelaySeconds: 5 }), Topic: topic('old') });
  await propose({ Queue: queue({ DelaySeconds: 9 }), Topic: topic('new'), BROKEN }, UPDATE);
  await execute({ DisableRollback: true });
  // Somebody deletes the queue by hand: it cannot become as it was.
  for (const arn of simulator.sqs.queueArns()) simulator.sqs.deleteQueue(arn);

  await cloudFormation.send(new RollbackStackCommand({ StackName: STACK }));

  assert.equal((await ended()).StackStatus, 'UPDATE_ROLLBACK_FAILED');
  const failed = (await resourceRows()).filter(({ ResourceStatus }) => ResourceStatus === 'UPDATE_FAILED');
  assert.deepEqual(
    failed.map(({ LogicalResourceId }) => LogicalResourceId),
    ['Queue'],
  );
  const again = { StackName: STACK, ResourcesToSkip: ['Queue'] };
  await cloudFormation.send(new ContinueUpdateRollbackCommand(again));
  assert.equal((await ended()).StackStatus, 'UPDATE_ROLLBACK_COMPLETE');
});
