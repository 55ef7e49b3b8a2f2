import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { runDeployment, startAccount } from './deployer.ts';
import { QUEUES } from './small-stack.ts';

test('a first deployment that is not agreed to leaves nothing behind', async (t) => {
  const { stack } = await startAccount(t);
  let asked: string | undefined;

  const { ended, heard } = await runDeployment(t, {
    resources: QUEUES,
    typed: async () => {
      asked = (await stack())?.StackStatus;
      return 'n';
    },
  });

  await assert.rejects(ended, { name: 'RefusedError', message: 'stopped: nothing was changed' });
  assert.match(heard(), /would be made:\n {2}created: 3 resources\n {4}3 × AWS::SQS::Queue/);
  assert.equal(asked, 'REVIEW_IN_PROGRESS');
  assert.equal(await stack(), undefined);
});

test('an update that is not agreed to leaves the stack as it was, its protection too', async (t) => {
  const { stack, changeSets, cloudFormation } = await startAccount(t);
  await (
    await runDeployment(t, { resources: QUEUES }, '--yes')
  ).ended;
  assert.equal((await stack())?.EnableTerminationProtection, true);
  await cloudFormation.send(
    new UpdateTerminationProtectionCommand({
      StackName: 'VoicemailExpress',
      EnableTerminationProtection: false,
    }),
  );

  const { ended, heard } = await runDeployment(t, {
    resources: { First: ['AWS::SQS::Queue', { FifoQueue: true }] },
    typed: () => '',
  });

  await assert.rejects(ended, /stopped: nothing was changed/);
  assert.match(heard(), /REPLACED: First \(AWS::SQS::Queue, First\)\. Lost: the voicemails that wait in it/);
  assert.match(heard(), /DELETED: Second/);
  assert.deepEqual(await changeSets(), []);
  assert.equal((await stack())?.StackStatus, 'CREATE_COMPLETE');
  assert.equal((await stack())?.EnableTerminationProtection, false);
});

test('what was agreed to is what is deployed: another deployment meanwhile makes it void', async (t) => {
  const { stack, changeSets, simulator } = await startAccount(t);
  await (
    await runDeployment(t, { resources: QUEUES }, '--yes')
  ).ended;

  const mine = await runDeployment(t, {
    resources: { ...QUEUES, Fourth: ['AWS::SQS::Queue'] },
    async typed() {
      const theirs = await runDeployment(
        t,
        { resources: { ...QUEUES, Fifth: ['AWS::SQS::Queue'] } },
        '--yes',
      );
      assert.equal(await theirs.ended, 0);
      return 'y';
    },
  });

  await assert.rejects(mine.ended, /somebody else has changed the stack meanwhile: nothing was deployed/);
  assert.deepEqual(await changeSets(), []);
  assert.equal((await stack())?.StackStatus, 'UPDATE_COMPLETE');
  const names = simulator.sqs.queueArns().join();
  assert.match(names, /Fifth/);
  assert.doesNotMatch(names, /Fourth/);
});

/** A queue, and its policy. */
const queueNamed = (name: string) =>
  ({
    Queue: ['AWS::SQS::Queue', { QueueName: name }],
    Policy: ['AWS::SQS::QueuePolicy', { Queues: [{ Ref: 'Queue' }], PolicyDocument: { Statement: [] } }],
  }) as const;

test('CloudFormation says what is replaced because something else is', async (t) => {
  await startAccount(t);
  await (
    await runDeployment(t, { resources: queueNamed('one') }, '--yes')
  ).ended;

  const { ended, heard } = await runDeployment(t, { resources: queueNamed('two') }, '--yes');

  await assert.rejects(ended, /would lose something\. .*--yes-replace Queue/);
  assert.match(heard(), /REPLACED: Queue \(AWS::SQS::Queue, Queue\)/);
  assert.match(heard(), /changed: Policy|replaced: Policy/);
});

test('a version that changes no resource is deployed nevertheless', async (t) => {
  const { stack } = await startAccount(t);
  await (
    await runDeployment(t, { resources: QUEUES }, '--yes')
  ).ended;

  const { ended, heard } = await runDeployment(t, { resources: QUEUES, version: '2.0.0' }, '--yes');

  assert.equal(await ended, 0);
  assert.match(heard(), /no resource; only outputs/);
  assert.match(heard(), /Deployed: version 2\.0\.0/);
  assert.equal((await stack())?.StackStatus, 'UPDATE_COMPLETE');
  const again = await runDeployment(t, { resources: QUEUES, version: '2.0.0' }, '--yes');
  assert.equal(await again.ended, 0);
  assert.match(again.heard(), /Nothing in the stack VoicemailExpress would change\./);
});

test('the change set is carried out with the role that cdk bootstrap made', async (t) => {
  const { simulator } = await startAccount(t);
  const callers = new Set<string>();
  simulator.happenings.listen((one) => {
    if (one.kind === 'api-call' && one.operation === 'ExecuteChangeSet') callers.add(one.caller);
  });

  const { ended } = await runDeployment(t, { resources: QUEUES }, '--yes');

  assert.equal(await ended, 0);
  assert.match([...callers].join(), /cdk-hnb659fds-deploy-role-111122223333-us-east-1/);
});
