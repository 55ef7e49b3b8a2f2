import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overtakers, waits } from '../load/waits.ts';
import { BILLING_ARN, CALLER, spokenNoise, startLaptop } from './laptop.ts';

const CALLS = 60;
/** Connect lets two tasks a second through and five at once, so sixty take half a minute at least. */
const LONGEST_MS = 120_000;
/** Two deliveries at a time, each of which may wait for five seconds while the other one goes on. */
const MOST_OVERTAKERS = 15;

const { simulator, happenings, until, tasksOf } = await startLaptop({
  metrics: 'full',
  connectThrottle: true,
});
const message = { from: CALLER, queueArn: BILLING_ARN, audio: spokenNoise(1.2) };
const isSettled = (contactId: string) => simulator.connect.contact(contactId).attributes['vmx3_flag'] === '0';

test('sixty voicemails at once are all delivered at two a second, without a dead letter or an alarm', async (t) => {
  const startedAtMs = performance.now();
  const contactIds = Array.from({ length: CALLS }, () => simulator.connect.placeCall(message).contactId);
  await until('all flags to be reset', () => contactIds.every(isSettled));

  const hungUpAtMs = Math.max(...contactIds.map((id) => simulator.connect.contact(id).endedAtMs ?? 0));
  const createdAtMs = simulator.connect.tasks().map((task) => task.createdAtMs);
  const tookMs = Math.max(...createdAtMs) - hungUpAtMs;
  t.diagnostic(`the last of ${CALLS} tasks came ${Math.round(tookMs / 1000)} s after the hang-up`);
  assert.ok(contactIds.every((id) => tasksOf(id).length === 1));
  assert.equal(createdAtMs.length, CALLS);
  // Work takes the simulator as long as the machine needs; this is about waits.
  const machineMs = performance.now() - startedAtMs;
  assert.ok(tookMs < LONGEST_MS + machineMs);

  const ofConnect = happenings.flatMap((one) =>
    one.kind === 'api-call' && one.service === 'connect' ? [one] : [],
  );
  const count = (operation: string) =>
    ofConnect.filter((one) => one.operation === operation && one.status === 200).length;
  // A machine that takes a second for each has no two of them in one.
  assert.ok(ofConnect.some(({ status }) => status === 429) || machineMs > CALLS * 1000);
  // Two calls for each voicemail; two deliveries at a time have two memories for what is looked up.
  assert.deepEqual([count('StartTaskContact'), count('UpdateContactAttributes')], [CALLS, CALLS]);
  const others = ofConnect.filter(
    ({ operation, status }) =>
      status !== 429 && !['StartTaskContact', 'UpdateContactAttributes'].includes(operation),
  );
  // What was not found is looked up again after a minute, if the machine needs one.
  const rounds = 1 + Math.floor(machineMs / 60_000);
  assert.ok(others.length <= 2 * 2 * rounds, `${others.length} look-ups`);

  assert.ok(!happenings.some(({ kind }) => kind === 'dead-letter'));
  assert.ok(!happenings.some((one) => one.kind === 'invocation' && one.error));
  assert.ok(sumOf('MessagesRetried') < 10);

  /** What the functions counted, in CloudWatch's embedded metric format. */
  function sumOf(metric: string): number {
    const lines = happenings.flatMap((one) => (one.kind === 'log' ? [one.line] : []));
    return lines
      .flatMap((line) => [...line.matchAll(new RegExp(`"${metric}":(\\d+)`, 'g'))])
      .reduce((sum, [, value]) => sum + Number(value), 0);
  }
});

test('callers who call first get the first tasks, or nearly so, if voicemails come faster than tasks can be made', async (t) => {
  const contactIds: string[] = [];
  for (let index = 0; index < CALLS / 2; index += 1) {
    contactIds.push(simulator.connect.placeCall(message).contactId);
    await simulator.clock.sleep(200);
  }
  await until('all flags to be reset', () => contactIds.every(isSettled));

  t.diagnostic(waits(simulator, contactIds));
  assert.ok(Math.max(...overtakers(simulator, contactIds)) <= MOST_OVERTAKERS);
});
