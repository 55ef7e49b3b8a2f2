import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { watchProgress } from '../../laptop/watch-progress.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { SAMPLE_STATE } from '../../simulator/sample-account.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import { spokenNoise } from '../e2e/spoken-noise.ts';
import { toolkitFor } from './toolkit.ts';

const STACK = 'VoicemailExpress';

test('CDK’s toolkit deploys the stack over HTTP, a caller is served by it, and the toolkit destroys it', async (t) => {
  const simulator = await startSimulator({
    world: configuredWorld(),
    state: SAMPLE_STATE,
    recognizer: createStandInRecognizer('please call me back'),
  });
  t.after(simulator.close);
  const calls = new Set<string>();
  simulator.happenings.listen((one) => {
    if (one.kind === 'api-call') calls.add(`${one.service}:${one.operation}`);
  });
  const { endpoint, credentials, connect, s3 } = simulator;
  const cloudFormation = new CloudFormationClient({ endpoint, credentials, region: 'us-east-1' });
  const toolkit = await toolkitFor(t, simulator);

  const { stacks } = await toolkit.deploy();

  assert.deepEqual(
    stacks.map(({ stackName, outputs }) => [stackName, outputs]),
    [[STACK, simulator.deployed(STACK).outputs]],
  );
  assert.deepEqual(toolkit.asked, ['CDK_TOOLKIT_I5060']);
  assert.equal(
    [...calls].some((call) => call.startsWith('ecr:')),
    false,
  );

  const from = '+15555550142';
  const queueArn = `${connect.world.instanceArn}/queue/${connect.world.queues[0]?.id}`;
  const { contactId } = connect.placeCall({ from, queueArn, audio: spokenNoise(4) });
  const task = await new Promise<ReturnType<typeof connect.tasks>[number]>((resolve, reject) => {
    const stop = watchProgress(simulator, { longestMs: 600_000, onEnd: (why) => reject(new Error(why)) });
    simulator.happenings.listen(() => {
      const found = connect.tasks().find(({ relatedContactId }) => relatedContactId === contactId);
      if (!found) return;
      stop();
      resolve(found);
    });
  });
  // A task without its guide would say so here.
  assert.equal(task.description, 'please call me back');

  const bucket = simulator.deployed(STACK).buckets;
  await toolkit.destroy();

  assert.equal(toolkit.asked.at(-1), 'CDK_TOOLKIT_I7010');
  await assert.rejects(cloudFormation.send(new DescribeStacksCommand({ StackName: STACK })), {
    name: 'ValidationError',
  });
  assert.throws(() => simulator.deployed(STACK), /does not exist/);
  // What the template retains is there, with what is in it.
  const kept = Object.values(bucket).flatMap(({ name }) => s3.list(name));
  assert.ok(kept.some((key) => key.endsWith('.wav')));
  const id = stacks[0]?.stackArn;
  const { StackEvents = [] } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName: id }));
  assert.equal(StackEvents[0]?.ResourceStatus, 'DELETE_COMPLETE');
});
