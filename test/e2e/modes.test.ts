import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { configuredWorld } from '../../laptop/configured-world.ts';
import type { Interfere } from '../../simulator/gateway/fault.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { AwsError } from '../../simulator/service.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { voicemailTaskFlow } from '../../simulator/services/connect/sample-task-flow.ts';
import config from '../../voicemail.config.ts';
import { CALLER, CALLER_SHOWN, BILLING_ARN, samplesOf, spokenNoise, startLaptop } from './laptop.ts';
import { assertSameSamples } from '../same-samples.ts';

const AUDIO = spokenNoise(2);
const HOSTILE = `</audio><script>alert("1")</script> $.Attributes.x {x} ${'word '.repeat(20_000)}`;
const OWN_FLOW = {
  ...voicemailTaskFlow('9a9a9a9a-0000-4000-8000-00000000f904'),
  name: 'Of the customer',
};

let words = 'please call me back';
let fault: Interfere = () => undefined;
const { simulator, happenings, settled, taskOf, tasksOf } = await startLaptop({
  world: { ...configuredWorld(), flows: [OWN_FLOW] },
  recognizer: createStandInRecognizer(() => words),
  interfere: (call) => fault(call),
});

test('a voicemail takes the flow of its mode, and the other one if an administrator has deleted it', async () => {
  // A simulator of its own: it loses its flow.
  const { simulator: changed, taskOf: taskThere } = await startLaptop();
  const { outputs } = changed.deployment;
  const textOf = async (attributes: Record<string, string>) =>
    (await taskThere(leaveMessage(attributes, changed))).description;

  assert.equal(await textOf({ vmx3_mode: 'task' }), 'please call me back');
  assert.equal(await textOf({ vmx3_mode: 'guided_task' }), 'please call me back');
  changed.connect.flows.remove(outputs['GuidedTaskFlow'] ?? '');
  assert.equal(await textOf({ vmx3_mode: 'task' }), 'please call me back');
  assert.match(await textOf({}), /^The contact flow for a guided task cannot be used/);
});

test('a voicemail names another flow of the instance; one that is gone is replaced, with a note', async () => {
  const own = leaveMessage({ vmx3_mode: 'task', vmx3_task_flow: OWN_FLOW.id });
  const gone = leaveMessage({ vmx3_guided_task_flow: OWN_FLOW.id.replace('f904', 'dead') });
  const misspelled = leaveMessage({ vmx3_mode: 'Guided Task' });

  assert.equal((await taskOf(own)).description, 'please call me back');
  assert.match((await taskOf(gone)).description, /^The contact flow that vmx3_guided_task_flow names cannot/);
  assert.match((await taskOf(misspelled)).description, /^The delivery mode "Guided Task" is not known/);
  assert.deepEqual(
    [own, gone, misspelled].map((contactId) => tasksOf(contactId).length),
    [1, 1, 1],
  );
  assert.ok(!happenings.some(({ kind }) => kind === 'dead-letter'));
});

test('a task whose answers are lost while its flow is being replaced is still one task', async () => {
  let calls = 0;
  fault = ({ operation }) => {
    if (operation !== 'StartTaskContact') return undefined;
    calls += 1;
    // The first names a flow that is gone; the next is the replacement's, with the SDK's own tries.
    if (calls === 1 || calls > 4) return undefined;
    return { when: 'after', error: new AwsError('InternalServiceException', 500, 'the answer is lost') };
  };
  const createdBefore = tasksCreated();

  const contactId = leaveMessage({ vmx3_guided_task_flow: 'gone' });
  await settled(contactId);
  fault = () => undefined;

  assert.ok(calls > 4);
  assert.equal(tasksCreated() - createdBefore, 1);
  assert.match(
    tasksOf(contactId)[0]?.description ?? '',
    /^The contact flow that vmx3_guided_task_flow names/,
  );
});

test('the guide gets what the agent hears and reads, with any transcript', async () => {
  words = HOSTILE;
  const contactId = leaveMessage({});
  await settled(contactId);
  const task = await taskOf(contactId);

  const view = await show(task.attributes['vmx3_contact_id'], task.attributes);

  const { player = '', transcript = '', ...others } = view;
  assert.deepEqual(others, {
    heading: `Voicemail from ${CALLER_SHOWN}`,
    caller: CALLER_SHOWN,
    recipient: 'Billing',
    received: task.references['Received']?.value,
    duration: '2 s',
    summary: '',
    note: '',
  });
  assert.ok(Buffer.byteLength(JSON.stringify(view)) <= 12_000);
  assert.doesNotMatch(transcript, /[<>"'{}$]/);
  assert.match(transcript, /^&#60;\/audio&#62;.*The recording has all of it\.\)$/);

  const wav = await fetch(/ src='([^']+)'/.exec(player)?.[1]?.replaceAll('&#38;', '&') ?? '');
  assert.equal(wav.headers.get('content-type'), 'audio/wav');
  assertSameSamples(samplesOf(new Uint8Array(await wav.arrayBuffer())), AUDIO);
});

test('an unknown contact is a sentence for the agent', async () => {
  const view = await show('c0ffee00-0000-4000-8000-00000000dead', {});

  assert.equal(view['player'], 'This voicemail is not known here, or is no longer kept.');
});

function leaveMessage(
  attributes: Readonly<Record<string, string>>,
  { connect }: Simulator = simulator,
): string {
  const notSaid = { vmx3_mode: undefined };
  const call = {
    from: CALLER,
    queueArn: BILLING_ARN,
    audio: AUDIO,
    attributes: { ...notSaid, ...attributes },
  };
  return connect.placeCall(call).contactId;
}

function tasksCreated(): number {
  return happenings.filter(({ kind }) => kind === 'task-created').length;
}

const FlatMap = z.record(z.string(), z.string());

/** As the guide's flow invokes it. */
async function show(
  contactId: string | undefined,
  attributes: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const { lambda, deployment } = simulator;
  const arn = deployment.functions[deployment.idOf('AWS::Lambda::Function', 'show-voicemail')]?.arn ?? '';
  const ContactData = { Channel: 'CHAT', InstanceARN: config.instanceArn, Attributes: attributes };
  const Details = { ContactData, Parameters: { contact_id: contactId } };
  const { payload, functionError } = await lambda.invoke(
    arn,
    JSON.stringify({ Name: 'ContactFlowEvent', Details }),
  );
  assert.equal(functionError, undefined);
  return FlatMap.parse(JSON.parse(payload));
}
