import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { STACK, startLife } from './stack-life.fixture.ts';

const QUEUE = { Type: 'AWS::SQS::Queue' };
const BUCKET = { Type: 'AWS::S3::Bucket' };
const TABLE = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  },
};
/** It is made last, and AWS refuses it. */
const BROKEN = {
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { FunctionName: 'nobody', EventSourceArn: 'arn:aws:sqs:us-east-1:111122223333:none' },
};

test('a stack in review has a change set, and becomes what it says', async (t) => {
  const { propose, execute, stack, events, cloudFormation } = await startLife(t);

  const { Changes = [], Status, ExecutionStatus } = await propose({ Queue: QUEUE, Bucket: BUCKET });

  assert.deepEqual([Status, ExecutionStatus], ['CREATE_COMPLETE', 'AVAILABLE']);
  assert.deepEqual(
    Changes.map(({ ResourceChange }) => [ResourceChange?.Action, ResourceChange?.LogicalResourceId]),
    [
      ['Add', 'Bucket'],
      ['Add', 'Queue'],
    ],
  );
  assert.equal((await stack()).StackStatus, 'REVIEW_IN_PROGRESS');
  const { Summaries = [] } = await cloudFormation.send(new ListChangeSetsCommand({ StackName: STACK }));
  assert.deepEqual(
    Summaries.map(({ ChangeSetName }) => ChangeSetName),
    ['change'],
  );
  assert.equal((await execute()).StackStatus, 'CREATE_COMPLETE');
  assert.deepEqual(await events(), [
    'Acme CREATE_IN_PROGRESS',
    'Bucket CREATE_IN_PROGRESS',
    'Bucket CREATE_COMPLETE',
    'Queue CREATE_IN_PROGRESS',
    'Queue CREATE_COMPLETE',
    'Acme CREATE_COMPLETE',
  ]);
});

test('a creation that fails says why, and leaves nothing behind but what is retained', async (t) => {
  const { make, simulator, events, resourceRows, remove } = await startLife(t);
  const kept = { ...BUCKET, DeletionPolicy: 'Retain' };
  const notYet = { ...BUCKET, DeletionPolicy: 'RetainExceptOnCreate' };

  const { StackStatus, StackId = '' } = await make({ Queue: QUEUE, Table: TABLE, kept, notYet, BROKEN });

  assert.equal(StackStatus, 'ROLLBACK_COMPLETE');
  assert.deepEqual(simulator.sqs.queueArns(), []);
  const rows = await resourceRows();
  const statuses = rows.map((one) => [one.LogicalResourceId, one.ResourceStatus]);
  assert.deepEqual(Object.fromEntries(statuses), {
    kept: 'CREATE_COMPLETE',
    notYet: 'DELETE_COMPLETE',
    Queue: 'DELETE_COMPLETE',
    Table: 'DELETE_COMPLETE',
    BROKEN: 'CREATE_FAILED',
  });
  const failed = rows.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
  assert.match(failed?.ResourceStatusReason ?? '', /the template has no function nobody/);
  assert.ok((await events()).includes('Acme ROLLBACK_IN_PROGRESS'));
  assert.equal((await remove()).StackStatus, 'DELETE_COMPLETE');
  // Another stack of that name has other names: what is retained is not in its way.
  const again = await make({ kept, Table: TABLE });
  assert.equal(again.StackStatus, 'CREATE_COMPLETE');
  assert.notEqual(again.StackId, StackId);
});

test('a creation that fails stays as it is, where rollback is off', async (t) => {
  const { propose, execute, simulator, remove } = await startLife(t);
  await propose({ Queue: QUEUE, BROKEN });

  const { StackStatus, StackStatusReason } = await execute({ DisableRollback: true });

  assert.equal(StackStatus, 'CREATE_FAILED');
  assert.equal(StackStatusReason, 'The following resource(s) failed to create: [BROKEN].');
  assert.equal(simulator.sqs.queueArns().length, 1);
  assert.equal((await remove()).StackStatus, 'DELETE_COMPLETE');
  assert.deepEqual(simulator.sqs.queueArns(), []);
});

test('a protected stack is not deleted, and one that retains things leaves them', async (t) => {
  const { make, remove, simulator, cloudFormation, events } = await startLife(t);
  const kept = { ...BUCKET, DeletionPolicy: 'RetainExceptOnCreate' };
  const { StackId } = await make({ Queue: QUEUE, Table: TABLE, kept });
  const { name = '' } = simulator.deployed(STACK).buckets['kept'] ?? {};
  const protect = (EnableTerminationProtection: boolean) =>
    cloudFormation.send(
      new UpdateTerminationProtectionCommand({ StackName: STACK, EnableTerminationProtection }),
    );

  await protect(true);

  await assert.rejects(remove(), /cannot be deleted while TerminationProtection is enabled/);
  await protect(false);
  assert.equal((await remove()).StackStatus, 'DELETE_COMPLETE');
  assert.ok((await events(StackId)).includes('kept DELETE_SKIPPED'));
  assert.deepEqual(simulator.s3.list(name), []);
  assert.deepEqual(simulator.sqs.queueArns(), []);
});

test('a bucket with an object in it is not deleted, until somebody retains it', async (t) => {
  const { make, remove, simulator, s3 } = await startLife(t);
  await make({ Queue: QUEUE, Bucket: BUCKET });
  const { name: Bucket = '' } = simulator.deployed(STACK).buckets['Bucket'] ?? {};
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'a' }));

  const { StackStatus, StackStatusReason } = await remove();

  assert.equal(StackStatus, 'DELETE_FAILED');
  assert.equal(StackStatusReason, 'The following resource(s) failed to delete: [Bucket].');
  assert.deepEqual(simulator.sqs.queueArns(), []);
  assert.equal((await remove()).StackStatus, 'DELETE_FAILED');
  assert.equal((await remove({ RetainResources: ['Bucket'] })).StackStatus, 'DELETE_COMPLETE');
  assert.deepEqual(simulator.s3.list(Bucket), ['a']);
});

test('change sets that cannot be made are refused in CloudFormation’s words', async (t) => {
  const { propose, make, cloudFormation, execute } = await startLife(t);
  const role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {}, RoleName: 'ours' } };
  const url = 'https://s3.us-east-1.amazonaws.com/cdk-hnb659fds-assets-111122223333-us-east-1/gone.json';

  await assert.rejects(propose({ role }), /Requires capabilities : \[CAPABILITY_NAMED_IAM\]/);
  await assert.rejects(propose({}, { TemplateBody: '{' }), /JSON not well-formed/);
  await assert.rejects(propose({ Odd: { Type: 'Our::Odd::Thing' } }), /does not know this type of resource/);
  await assert.rejects(
    propose({ Queue: QUEUE }, { Parameters: [{ ParameterKey: 'Size', ParameterValue: '1' }] }),
    /Parameters: \[Size\] do not exist in the template/,
  );
  await assert.rejects(
    cloudFormation.send(
      new CreateChangeSetCommand({
        StackName: STACK,
        ChangeSetName: 'change',
        ChangeSetType: 'CREATE',
        TemplateURL: url,
      }),
    ),
    /S3 error: The specified key does not exist/,
  );
  await make({ Queue: QUEUE });
  await assert.rejects(propose({ Queue: QUEUE }), { name: 'AlreadyExistsException' });
  await assert.rejects(execute(), { name: 'ChangeSetNotFoundException' });
});

test('a change set is deleted, and one that is not there counts as deleted', async (t) => {
  const { propose, cloudFormation } = await startLife(t);
  await propose({ Queue: QUEUE });
  const named = { StackName: STACK, ChangeSetName: 'change' };

  await cloudFormation.send(new DeleteChangeSetCommand(named));
  await cloudFormation.send(new DeleteChangeSetCommand(named));

  for (const command of [new DescribeChangeSetCommand(named), new ExecuteChangeSetCommand(named)]) {
    await assert.rejects(cloudFormation.send(command), { name: 'ChangeSetNotFoundException' });
  }
});
