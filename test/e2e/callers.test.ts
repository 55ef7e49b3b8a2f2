import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { fileAt, BILLING_ARN, CALLER, CALLER_SHOWN, samplesOf, spokenNoise, startLaptop } from './laptop.ts';
import { assertSameSamples } from '../same-samples.ts';

const { simulator, happenings, until, taskOf, tasksOf } = await startLaptop();
const { instanceArn, users } = configuredWorld();

test('callers who share a stream never hear each other', async () => {
  const first = spokenNoise(2.3);
  const second = first.map((sample) => ~sample);

  for (const audio of [first, second, first]) {
    const call = simulator.connect.placeCall({ from: CALLER, audio });
    const task = await taskOf(call.contactId);
    assertSameSamples(samplesOf(await fileAt(task.references['Recording']?.value)), audio);
  }
});

test('only the caller is kept if the other side is streamed too, and if calls are recorded to S3', async () => {
  const audio = spokenNoise(3.1);
  const both = { from: CALLER, audio, alsoToCustomer: true, callRecording: true };

  const task = await taskOf(simulator.connect.placeCall(both).contactId);

  assertSameSamples(samplesOf(await fileAt(task.references['Recording']?.value)), audio);
});

test('a message for an agent is in the agent’s own queue', async () => {
  const queueArn = `${instanceArn}/queue/agent/${users[0]?.id}`;

  const task = await taskOf(
    simulator.connect.placeCall({ from: CALLER, queueArn, audio: spokenNoise(1) }).contactId,
  );

  assert.equal(task.queueArn, queueArn);
  assert.equal(task.name, `Voicemail from ${CALLER_SHOWN} for Ana Ruiz`);
});

test('a message for an agent who is gone is in the fallback queue, with a note', async () => {
  const attributes = { vmx3_queue_arn: `${instanceArn}/queue/agent/d4d4d4d4-0000-4000-8000-00000000dead` };

  const task = await taskOf(
    simulator.connect.placeCall({ from: CALLER, attributes, audio: spokenNoise(1) }).contactId,
  );

  assert.equal(task.queueArn, BILLING_ARN);
  assert.match(task.description, /^This message was left for an agent that no longer exists\.\n/);
});

test('a call that an agent takes is not a voicemail, although it was flagged and recorded', async () => {
  const { contactId } = simulator.connect.placeCall({
    from: CALLER,
    audio: spokenNoise(2),
    agentAnswers: true,
  });
  await until('the contact record', () =>
    happenings.find((one) => one.kind === 'contact-record' && one.contactId === contactId),
  );
  await simulator.clock.sleep(3_600_000);

  assert.deepEqual(tasksOf(contactId), []);
});

test('a flagged call on which nothing was recorded becomes a request to call back', async () => {
  const { contactId } = simulator.connect.placeCall({ from: CALLER, audio: new Int16Array(0) });

  const task = await taskOf(contactId);

  assert.match(task.description, /could not be recorded\. Please call back\.$/);
  assert.equal(task.references['Call back']?.value, CALLER);
  assert.equal(task.references['Recording'], undefined);
});

test('a caller who withholds the number can still leave a message', async () => {
  const attributes = { vmx3_from: undefined };

  const { contactId } = simulator.connect.placeCall({ from: 'anonymous', attributes, audio: spokenNoise(1) });

  assert.equal((await taskOf(contactId)).name, 'Voicemail from a withheld number for Billing');
});

test('nobody is asked to call the number that a network sends instead of a withheld one', async () => {
  const from = '+86282452253';

  const heard = await taskOf(simulator.connect.placeCall({ from, audio: spokenNoise(1) }).contactId);
  const unheard = await taskOf(simulator.connect.placeCall({ from, audio: new Int16Array(0) }).contactId);

  for (const task of [heard, unheard]) {
    assert.equal(task.name, 'Voicemail from a withheld number for Billing');
    assert.equal(task.references['Call back'], undefined);
    assert.equal(task.attributes['vmx3_from'], '');
  }
  assert.match(unheard.description, /The number was withheld, so the caller cannot be called back\.$/);
});

test('an extension comes with the number, and apart from it for machines', async () => {
  const from = 'tel:+1-212-555-0142;ext=123';

  const task = await taskOf(simulator.connect.placeCall({ from, audio: spokenNoise(1) }).contactId);

  assert.equal(task.name, 'Voicemail from +1 212 555 0142 ext. 123 for Billing');
  assert.equal(task.references['Call back']?.value, '+12125550142');
  assert.equal(task.references['Extension']?.value, '123');
  assert.equal(task.attributes['vmx3_from'], '+12125550142');
  assert.equal(task.attributes['vmx3_from_extension'], '123');
});
