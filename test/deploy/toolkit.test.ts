import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { keptThings } from '../../cli/doctor/facts/kept-things.ts';
import { createLook } from '../../cli/doctor/look.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { watchProgress } from '../../laptop/watch-progress.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { SAMPLE_STATE } from '../../simulator/sample-account.ts';
import { type SimulatedAccount, startSimulator } from '../../simulator/simulator.ts';
import type { Template } from '../../simulator/template/template.ts';
import sample from '../../voicemail.config.ts';
import { spokenNoise } from '../e2e/spoken-noise.ts';
import { toolkitFor } from './toolkit.ts';

const STACK = 'VoicemailExpress';
const LONGEST_WAIT_MS = 600_000;

async function startAccount(t: TestContext) {
  const simulator = await startSimulator({
    world: configuredWorld(),
    state: SAMPLE_STATE,
    recognizer: createStandInRecognizer('please call me back'),
  });
  t.after(simulator.close);
  const { endpoint, credentials } = simulator;
  return {
    simulator,
    cloudFormation: new CloudFormationClient({ endpoint, credentials, region: 'us-east-1' }),
  };
}

function lookAt({ endpoint, credentials }: SimulatedAccount) {
  const limits = { wait: () => Promise.resolve(), clock: () => 0 };
  return createLook({ config: sample, place: { endpoint, credentials }, limits });
}

/** Leaves a message, and returns the id of the call. */
function leaveMessage({ connect }: SimulatedAccount): string {
  const queueArn = `${connect.world.instanceArn}/queue/${connect.world.queues[0]?.id}`;
  return connect.placeCall({ from: '+15555550142', queueArn, audio: spokenNoise(2) }).contactId;
}

function tasksOf({ connect }: SimulatedAccount, callId: string) {
  return connect.tasks().filter(({ relatedContactId }) => relatedContactId === callId);
}

/** Waits until a voicemail is a task. A task without its guide would say so in the description. */
async function delivered(simulator: SimulatedAccount, callId: string): Promise<void> {
  const description = await new Promise<string>((resolve, reject) => {
    const end = { longestMs: LONGEST_WAIT_MS, onEnd: (why: string) => reject(new Error(why)) };
    const stop = watchProgress(simulator, end);
    const look = () => {
      const [task] = tasksOf(simulator, callId);
      if (!task) return;
      stop();
      resolve(task.description);
    };
    simulator.happenings.listen(look);
    look();
  });
  assert.equal(description, 'please call me back');
}

/** Another version of every function: with more memory, and a variable that was not there. */
function withOtherFunctions(template: Template): unknown {
  const resources = Object.entries(template.Resources).map(([id, resource]) => {
    if (resource.Type !== 'AWS::Lambda::Function') return [id, resource];
    const { Environment, ...properties } = resource.Properties;
    const variables = { ...Object(Environment).Variables, EDITION: 'next' };
    const Properties = { ...properties, MemorySize: 1769, Environment: { Variables: variables } };
    return [id, { ...resource, Properties }];
  });
  return { ...template, Resources: Object.fromEntries(resources) };
}

test('CDK’s toolkit deploys the stack over HTTP, updates it while messages arrive, and destroys it', async (t) => {
  const { simulator, cloudFormation } = await startAccount(t);
  const services = new Set<string>();
  simulator.happenings.listen((one) => void (one.kind === 'api-call' && services.add(one.service)));
  const toolkit = await toolkitFor(t, simulator);

  const { stacks } = await toolkit.deploy();

  const [deployed] = stacks;
  assert.deepEqual(deployed?.outputs, simulator.deployed(STACK).outputs);
  assert.deepEqual(toolkit.asked, ['CDK_TOOLKIT_I5060']);
  assert.equal(services.has('ecr'), false);

  await toolkit.changeTemplate(withOtherFunctions);
  const first = leaveMessage(simulator);
  const updating = toolkit.deploy();
  const second = leaveMessage(simulator);
  await updating;
  const third = leaveMessage(simulator);
  for (const call of [first, second, third]) await delivered(simulator, call);

  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: STACK }));
  assert.equal(Stacks[0]?.StackStatus, 'UPDATE_COMPLETE');
  for (const call of [first, second, third]) assert.equal(tasksOf(simulator, call).length, 1);

  const { buckets } = simulator.deployed(STACK);
  await assert.rejects(toolkit.destroy(), /TerminationProtection is enabled/);
  await cloudFormation.send(
    new UpdateTerminationProtectionCommand({ StackName: STACK, EnableTerminationProtection: false }),
  );
  await toolkit.destroy();

  assert.equal(toolkit.asked.at(-1), 'CDK_TOOLKIT_I7010');
  assert.throws(() => simulator.deployed(STACK), /does not exist/);
  // What the template retains is there, with what is in it.
  const kept = Object.values(buckets).flatMap(({ name }) => simulator.s3.list(name));
  assert.equal(kept.filter((key) => key.endsWith('.wav')).length, 3);
  const asked = new DescribeStackEventsCommand({ StackName: deployed?.stackArn });
  const { StackEvents = [] } = await cloudFormation.send(asked);
  assert.equal(StackEvents[0]?.ResourceStatus, 'DELETE_COMPLETE');
});

test('a person who says no stops the deployment before anything is there', async (t) => {
  const { simulator, cloudFormation } = await startAccount(t);
  const toolkit = await toolkitFor(t, simulator, { answers: () => false });

  await assert.rejects(toolkit.deploy(), /Aborted/);

  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({}));
  assert.deepEqual(Stacks, []);
});

test('a deployment that fails says its reason, and the next one begins from nothing', async (t) => {
  const { simulator, cloudFormation } = await startAccount(t);
  const toolkit = await toolkitFor(t, simulator);
  let whole: Template | undefined;
  await toolkit.changeTemplate((template) => {
    whole = template;
    const Odd = { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmRule: 'WHENEVER' } };
    return { ...template, Resources: { ...template.Resources, Odd } };
  });

  await assert.rejects(toolkit.deploy(), /Odd/);

  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: STACK }));
  assert.equal(Stacks[0]?.StackStatus, 'ROLLBACK_COMPLETE');
  assert.deepEqual(await keptThings(lookAt(simulator)), []);
  await toolkit.changeTemplate(() => whole);
  await cloudFormation.send(
    new UpdateTerminationProtectionCommand({ StackName: STACK, EnableTerminationProtection: false }),
  );
  await toolkit.deploy();
  assert.equal(simulator.deployed(STACK).stackName, STACK);
});
