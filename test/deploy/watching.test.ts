import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AwsError } from '../../simulator/service.ts';
import { called, holdUp, runDeployment, startAccount } from './deployer.ts';
import { QUEUES, type Resources } from './small-stack.ts';

/** As STS's sessions end, at every service. */
const EXPIRED = new AwsError('ExpiredToken', 403, 'The security token included in the request is expired');

/** AWS refuses it when it is made. */
const ODD: Resources = { Odd: ['AWS::CloudWatch::CompositeAlarm', { AlarmRule: 'WHENEVER' }] };

function interruption() {
  const [first, second] = [new AbortController(), new AbortController()];
  return { first, second, signals: { first: first.signal, second: second.signal } };
}

test('Ctrl+C at the question leaves nothing behind', async (t) => {
  const { stack } = await startAccount(t);
  const { first, signals } = interruption();

  const { ended } = await runDeployment(t, {
    resources: QUEUES,
    interruption: signals,
    typed() {
      first.abort();
      return new Promise(() => {});
    },
  });

  await assert.rejects(ended, { name: 'InterruptedError', message: 'stopped: nothing was changed' });
  assert.equal(await stack(), undefined);
});

test('Ctrl+C while the change set is made waits for it, and removes it', async (t) => {
  const { simulator, stack } = await startAccount(t);
  const { first, signals } = interruption();
  void called(simulator, 'CreateChangeSet').then(() => first.abort());

  const { ended, heard } = await runDeployment(t, { resources: QUEUES, interruption: signals }, '--yes');

  await assert.rejects(ended, { name: 'InterruptedError' });
  assert.match(heard(), /Stopping: what was prepared is removed\. Ctrl\+C again leaves at once/);
  assert.equal(await stack(), undefined);
});

test('credentials that expire in the middle end the watching in words, and the next run watches on', async (t) => {
  let isOver = false;
  const { stackPace, goOn } = holdUp();
  const { stack } = await startAccount(t, {
    stackPace,
    interfere: () => (isOver ? EXPIRED : undefined),
  });

  const { ended } = await runDeployment(
    t,
    { resources: QUEUES, wait: () => Promise.resolve(void (isOver = true)) },
    '--yes',
  );

  await assert.rejects(ended, {
    name: 'RefusedError',
    message:
      /cannot be watched any more: the AWS credentials have expired: sign in again.*\nCloudFormation goes on by itself: npx vmx deploy, run again, watches it/,
  });
  isOver = false;
  assert.equal((await stack())?.StackStatus, 'CREATE_IN_PROGRESS');
  const next = await runDeployment(t, { resources: QUEUES, wait: () => Promise.resolve(goOn()) }, '--yes');
  assert.equal(await next.ended, 0);
  assert.match(next.heard(), /is CREATE_IN_PROGRESS: a deployment that has begun before goes on/);
  assert.match(next.heard(), /It ended well\.[^]*Nothing in the stack VoicemailExpress would change/);
});

test('where AWS cannot be reached for a while, it says so and goes on looking', async (t) => {
  let isGone = false;
  const { stackPace, goOn } = holdUp();
  t.after(goOn);
  await startAccount(t, {
    stackPace,
    interfere: () => (isGone ? { when: 'before', error: 'connection cut' } : undefined),
  });
  let looks = 0;

  const { ended, heard } = await runDeployment(
    t,
    {
      resources: QUEUES,
      wait() {
        looks += 1;
        isGone = looks < 3;
        if (!isGone) goOn();
        return Promise.resolve();
      },
    },
    '--yes',
  );

  assert.equal(await ended, 0);
  assert.equal(heard().match(/No news for now, still looking/g)?.length, 1);
  assert.match(heard(), /CloudFormation goes on\.\nAWS answers again\./);
});

test('after half an hour of silence the watching ends, in words', async (t) => {
  let isGone = false;
  const { stackPace, goOn } = holdUp();
  t.after(goOn);
  await startAccount(t, {
    stackPace,
    interfere: () => (isGone ? { when: 'before', error: 'connection cut' } : undefined),
  });
  let nowMs = 0;

  const { ended } = await runDeployment(
    t,
    {
      resources: QUEUES,
      wait() {
        isGone = true;
        nowMs += 1_000_000;
        return Promise.resolve();
      },
      clock: () => nowMs,
    },
    '--yes',
  );

  await assert.rejects(ended, /cannot be watched any more: .*\nCloudFormation goes on by itself/);
});

test('a first deployment that fails says why, and the next one begins from nothing', async (t) => {
  const { stack } = await startAccount(t);

  const { ended, heard } = await runDeployment(t, { resources: { ...QUEUES, ...ODD } }, '--yes');

  await assert.rejects(ended, {
    message:
      /the deployment failed:\n {2}✖ AWS::CloudWatch::CompositeAlarm Odd: .*WHENEVER[^]*only its name and its events are left\. The next npx vmx deploy deletes them first/,
  });
  assert.match(heard(), / ROLLBACK_COMPLETE/);
  assert.equal((await stack())?.StackStatus, 'ROLLBACK_COMPLETE');
  assert.equal(await (await runDeployment(t, { resources: QUEUES }, '--yes')).ended, 0);
  assert.equal((await stack())?.StackStatus, 'CREATE_COMPLETE');
});

test('an update that fails is undone, and nothing of it stays', async (t) => {
  const { stack, changeSets, simulator } = await startAccount(t);
  await (
    await runDeployment(t, { resources: QUEUES }, '--yes')
  ).ended;

  const resources = { ...QUEUES, Fourth: ['AWS::SQS::Queue'], ...ODD } as const;
  const { ended } = await runDeployment(t, { resources }, '--yes');

  await assert.rejects(ended, /✖ AWS::CloudWatch::CompositeAlarm Odd: [^]*runs as it was before/);
  assert.equal((await stack())?.StackStatus, 'UPDATE_ROLLBACK_COMPLETE');
  assert.deepEqual(await changeSets(), []);
  assert.equal(simulator.sqs.queueArns().length, 3);
});

test('nobody who can be asked, or who says no, watches a stack that is being changed', async (t) => {
  const { stack } = await startAccount(t, holdUp());
  const { second, signals } = interruption();
  const first = await runDeployment(
    t,
    { resources: QUEUES, interruption: signals, wait: () => Promise.resolve(second.abort()) },
    '--yes',
  );
  await assert.rejects(first.ended, {
    name: 'InterruptedError',
    message: /CloudFormation goes on by itself/,
  });

  const script = await runDeployment(t, { resources: QUEUES });
  await assert.rejects(script.ended, /nobody can be asked here: say --yes, to watch it to its end first/);
  const person = await runDeployment(t, { resources: QUEUES, typed: () => 'n' });
  await assert.rejects(person.ended, /stopped: CloudFormation goes on by itself/);

  assert.equal((await stack())?.StackStatus, 'CREATE_IN_PROGRESS');
});
