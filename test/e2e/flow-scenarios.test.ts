import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configuredWorld } from '../../laptop/configured-world.ts';
import type { Happening } from '../../simulator/happenings.ts';
import { ALWAYS_OPEN } from '../../simulator/services/connect/routing/hours.ts';
import { afterTheTone, MESSAGE, placeOf, recordingOf, throughTheMenus } from './callers-script.ts';
import { BILLING_ARN, CALLER, CALLER_SHOWN, spokenNoise, startLaptop } from './laptop.ts';

const TEST_FLOW = 'Voicemail test';
const HOUR_MS = 3_600_000;

/** Hours of every queue; only the entry flow that checks them is affected. */
const CLOSED = { ...ALWAYS_OPEN, id: '40404040-0000-4000-8000-00000000c105', week: [] };

const { simulator, happenings, taskOf, tasksOf, settled, recorded, until } = await startLaptop({
  world: worldThatIsClosed(),
});

test('a caller leaves a message and hangs up, and it is delivered', async () => {
  const script = [...throughTheMenus('1'), ...afterTheTone(MESSAGE), { kind: 'hang-up' } as const];
  const call = simulator.connect.call({ from: CALLER, flow: TEST_FLOW, script });
  await call.ended;
  const task = await taskOf(call.contactId);
  await settled(call.contactId);

  assert.equal(task.queueArn, BILLING_ARN);
  assert.equal(task.name, `Voicemail from ${CALLER_SHOWN} for Billing`);
  assert.equal(task.references['Call back']?.value, CALLER);
  assert.ok(placeOf(MESSAGE, await recordingOf(task)) >= 0, 'the message is not in the recording');
  assert.deepEqual(troubleIn(happenings), []);
});

test('a caller who hangs up during the greeting leaves no voicemail, and nothing goes wrong', async () => {
  const script = [
    ...throughTheMenus('1'),
    { kind: 'hear', what: 'leave a message', until: 'begun' },
    { kind: 'wait', ms: 500 },
  ] as const;
  const call = simulator.connect.call({ from: CALLER, flow: TEST_FLOW, script });
  await call.ended;
  await recorded(call.contactId);
  await simulator.clock.sleep(HOUR_MS);

  assert.equal(simulator.connect.contact(call.contactId).attributes['vmx3_flag'], undefined);
  assert.deepEqual(tasksOf(call.contactId), []);
  assert.deepEqual(troubleIn(happenings), []);
});

test('a caller who hangs up during the tone has said nothing, and nothing is delivered', async () => {
  const script = [
    ...throughTheMenus('1'),
    { kind: 'hear', what: '(tone)', until: 'begun' },
    { kind: 'wait', ms: 400 },
  ] as const;
  const call = simulator.connect.call({ from: CALLER, flow: TEST_FLOW, script });
  await call.ended;
  await until('the blank message', () =>
    happenings.find((one) => one.kind === 'log' && /"outcome":"blank"/.test(one.line)),
  );
  await simulator.clock.sleep(HOUR_MS);

  assert.deepEqual(tasksOf(call.contactId), []);
  assert.deepEqual(troubleIn(happenings), []);
});

test('a caller who presses a key to finish is thanked, and the call is ended', async () => {
  const script = [
    ...throughTheMenus('1'),
    ...afterTheTone(MESSAGE),
    { kind: 'press', keys: '#' },
    { kind: 'stay' },
  ] as const;
  const call = simulator.connect.call({ from: CALLER, flow: TEST_FLOW, script });
  await call.ended;
  const task = await taskOf(call.contactId);

  assert.match(call.heard().at(-1) ?? '', /^Thank you\. Your message has been recorded/);
  assert.ok(placeOf(MESSAGE, await recordingOf(task)) >= 0);
});

test('a caller who runs into the time limit is warned, and what was said until then is delivered', async () => {
  const long = spokenNoise(90);

  const script = [...throughTheMenus('1'), ...afterTheTone(long), { kind: 'stay' } as const];
  const call = simulator.connect.call({ from: CALLER, flow: TEST_FLOW, script });
  await call.ended;
  const recording = await recordingOf(await taskOf(call.contactId));

  assert.equal(call.heard().filter((what) => what === '(tone)').length, 2);
  assert.match(call.heard().at(-1) ?? '', /^Thank you/);
  const saidSeconds = 60;
  assert.ok(placeOf(long.subarray(0, saidSeconds * 8000), recording) >= 0);
});

test('without live media streaming, the caller hears so, is not flagged, and goes on in the calling flow', async () => {
  const deaf = await startLaptop({ world: { ...configuredWorld(), hasMediaStreaming: false } });

  const script = [...throughTheMenus('1'), { kind: 'stay' } as const];
  const call = deaf.simulator.connect.call({ from: CALLER, flow: TEST_FLOW, script });
  await call.ended;
  await deaf.recorded(call.contactId);
  await deaf.simulator.clock.sleep(HOUR_MS);

  const [truth, after] = call.heard().slice(-2);
  assert.match(truth ?? '', /cannot record a message right now/);
  assert.match(after ?? '', /^No message was recorded\. Check/);
  assert.notEqual(deaf.simulator.connect.contact(call.contactId).attributes['vmx3_flag'], '1');
  assert.deepEqual(deaf.tasksOf(call.contactId), []);
  assert.deepEqual(troubleIn(deaf.happenings), []);
});

test('a caller whom a full queue refuses is offered voicemail again, and can go on trying', async () => {
  const { queues, ...world } = configuredWorld();
  const full = await startLaptop({
    world: { ...world, queues: queues.map((queue) => ({ ...queue, maxContacts: 0 })) },
  });

  const offered = { kind: 'hear', what: 'to leave a message', until: 'begun' } as const;
  const script = [offered, offered, { kind: 'press', keys: '1' }, ...afterTheTone(MESSAGE)] as const;
  const call = full.simulator.connect.call({ from: CALLER, flow: 'Voicemail entry busy', script });
  await call.ended;

  assert.ok(call.heard().includes('(tone)'));
  assert.equal(full.simulator.connect.contact(call.contactId).attributes['vmx3_flag'], '1');
});

const UNANSWERED = {
  'outside the hours': { flow: 'Voicemail entry closed', said: /We are closed right now\.$/ },
  'while nobody works': { flow: 'Voicemail entry unstaffed', said: /No agent is working right now\.$/ },
};

for (const [when, { flow, said }] of Object.entries(UNANSWERED)) {
  test(`who calls ${when} hears so, and leaves a message for the queue`, async () => {
    const call = simulator.connect.call({ from: CALLER, flow, script: afterTheTone(MESSAGE) });
    await call.ended;
    const task = await taskOf(call.contactId);

    assert.ok(call.heard().some((what) => said.test(what)));
    assert.equal(task.queueArn, BILLING_ARN);
    assert.ok(placeOf(MESSAGE, await recordingOf(task)) >= 0);
  });
}

function worldThatIsClosed() {
  const world = configuredWorld();
  const queues = world.queues.map((queue) => ({ ...queue, hoursOfOperationId: CLOSED.id }));
  return { ...world, queues, hoursOfOperation: [CLOSED] };
}

/** Everything that an operator would have to look at. */
function troubleIn(told: readonly Happening[]): readonly Happening[] {
  return told.filter(
    (one) =>
      one.kind === 'dead-letter' ||
      one.kind === 'flow-failed' ||
      (one.kind === 'invocation' && one.error !== undefined) ||
      (one.kind === 'log' && /"level":"(ERROR|WARN)"/.test(one.line)),
  );
}
