import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { startLaptop } from '../e2e/laptop.ts';
import { leaveVoicemail, type Mode, SAID, untilSettled } from './cloud.ts';
import { assertDeliveredOnce } from './count-deliveries.ts';
import { bothWaysToDie, type Call, callsIn, inWords, type Point } from './crash-points.ts';
import { ledgerFaults } from './ledger-faults.ts';

/** So many at a time that the functions are busy. */
const AT_ONCE = 40;
/**
 * A killed worker's message comes back after half an hour at most; by then the sweep looks for lost events
 * too.
 */
const LONGEST_MS = 3 * 3_600_000;
/**
 * A message that comes back warms the function; for the next voicemail, without such a message, it is cold.
 */
const MOST_TRIES = 5;

const { simulator, happenings } = await startLaptop();
const calledFrom: string[] = [];
const task = await callsOfADelivery('task');

test('a guided task takes the same calls as a task, so the crash points of one are those of both', async () => {
  const guided = await callsOfADelivery('guided_task');

  assert.deepEqual(guided.all.map(inWords).toSorted(), task.all.map(inWords).toSorted());
});

test('a function that dies before or after any one of its calls loses and doubles no task', (t) =>
  crashAll(t, task.all, 'task'));

test('the same holds for a mail, from the transcript on, where its way differs from that of a task', async (t) => {
  const email = await callsOfADelivery('email');

  await crashAll(t, email.sinceTranscript, 'email');
  assert.ok(email.sinceTranscript.some(({ operation }) => operation === 'SendEmail'));
});

test('for all of them the ledger agrees with the contact center and the mails', async () => {
  assert.deepEqual(await ledgerFaults(simulator, calledFrom), []);
});

async function crashAll(t: TestContext, calls: readonly Call[], mode: Mode): Promise<void> {
  const points = calls.flatMap(bothWaysToDie);
  const atOnce = await crashAtOnce(points, mode);
  // Calls that warm functions need not make.
  const cold = await crashOneByOne(
    points.filter((_, index) => !atOnce.used[index]),
    mode,
  );

  const contactIds = [...atOnce.contactIds, ...cold.contactIds];
  assertDeliveredOnce(simulator, contactIds, SAID);
  assert.deepEqual(cold.unused, []);
  t.diagnostic(`${points.length} crash points, ${cold.contactIds.length} of them one by one`);
}

function leave(mode: Mode): string {
  const contactId = leaveVoicemail(simulator, mode);
  calledFrom.push(contactId);
  return contactId;
}

/** Every call of every function for one voicemail, from cold functions on, in order. */
async function callsOfADelivery(mode: Mode) {
  const { functions } = simulator.deployment;
  for (const functionId of Object.keys(functions)) simulator.lambda.coolDown(functionId);
  const from = happenings.length;
  const contactId = leave(mode);
  await untilSettled(simulator, [contactId], LONGEST_MS);
  // SES's events about a mail come during its delivery.
  await simulator.clock.sleep(1000);

  const told = happenings.slice(from);
  const transcriptAt = told.findIndex(
    (one) =>
      one.kind === 'object-created' && one.key.includes(contactId) && /^transcripts\/.*\.json$/.test(one.key),
  );
  assert.ok(transcriptAt > 0);
  const all = callsIn(told, simulator, contactId);
  const before = callsIn(told.slice(0, transcriptAt), simulator, contactId);
  return { all, sinceTranscript: all.slice(before.length) };
}

/** One voicemail per point, many at a time. */
async function crashAtOnce(points: readonly Point[], mode: Mode) {
  const contactIds: string[] = [];
  const used: boolean[] = [];
  for (let first = 0; first < points.length; first += AT_ONCE) {
    const some = points.slice(first, first + AT_ONCE).map((point) => ({ ...point, about: leave(mode) }));
    simulator.faults.set({ rules: some });
    const left = some.map(({ about }) => about);
    await untilSettled(simulator, left, LONGEST_MS);
    used.push(...simulator.faults.used());
    contactIds.push(...left);
  }
  return { contactIds, used };
}

/** One voicemail at a time, with a function that is cold. */
async function crashOneByOne(points: readonly Point[], mode: Mode) {
  const contactIds: string[] = [];
  const unused: Point[] = [];
  for (const point of points) {
    let isUsed = false;
    for (let tries = 0; !isUsed && tries < MOST_TRIES; tries += 1) {
      simulator.lambda.coolDown(point.caller);
      const contactId = leave(mode);
      simulator.faults.set({ rules: [{ ...point, about: contactId }] });
      await untilSettled(simulator, [contactId], LONGEST_MS);
      contactIds.push(contactId);
      isUsed = simulator.faults.used().every(Boolean);
    }
    if (!isUsed) unused.push(point);
  }
  return { contactIds, unused };
}
