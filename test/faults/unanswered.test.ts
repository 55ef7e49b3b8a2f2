import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { FaultRule } from '../../simulator/faults/fault-plan.ts';
import type { Happening } from '../../simulator/happenings.ts';
import { leaveVoicemail, type Mode, SAID, startStack, untilSettled } from './cloud.ts';
import { arrivals, assertDeliveredOnce } from './count-deliveries.ts';
import { type Call, callsIn, idOf, inWords } from './crash-points.ts';

const HOUR_MS = 3_600_000;
/** One time-out and a second try, in addition to the time of a voicemail without faults. */
const SOON_MS = 20_000;
/** The SDK does not retry it: docs/decisions/007. */
const MAIL_SOON_MS = 60_000;

const simulator = await startStack({});
after(() => simulator.close());
const happenings: Happening[] = [];
simulator.happenings.listen((happening) => void happenings.push(happening));

const { calls: taskCalls, delayMs: usualMs } = await withoutFaults('guided_task');
const known = new Set(taskCalls.map(inWords));
const mailCalls = (await withoutFaults('email')).calls.filter((call) => !known.has(inWords(call)));
/** A busy machine takes longer for everything: two or three seconds on a quiet one. */
const SLACK_MS = 3 * usualMs;

for (const bundle of ['contact-records', 'save-recording', 'start-transcription', 'deliver-voicemail']) {
  test(`a call of ${bundle} that is never answered is given up and made again: delivered once, and soon`, async (t) => {
    const calls = taskCalls.filter(({ caller }) => caller === idOf(simulator, bundle));
    assert.ok(calls.length > 0);

    for (const call of calls) {
      const { delayMs } = await deliver('guided_task', [{ ...call, fault: 'hang-after' }]);
      t.diagnostic(`${(delayMs / 1000).toFixed(1)} s: ${inWords(call)}`);
      assert.ok(delayMs < SOON_MS + SLACK_MS, `${delayMs} ms: ${inWords(call)}`);
    }
  });
}

test('a mail to which SES never answers is one mail, and what is read for mails is read again', async (t) => {
  assert.ok(mailCalls.some(({ operation }) => operation === 'SendEmail'));

  for (const call of mailCalls) {
    const { delayMs } = await deliver('email', [{ ...call, fault: 'hang-after' }]);
    t.diagnostic(`${(delayMs / 1000).toFixed(1)} s: ${inWords(call)}`);
    assert.ok(delayMs < MAIL_SOON_MS + SLACK_MS, `${delayMs} ms: ${inWords(call)}`);
  }
});

test('a mail that SES neither accepts nor refuses is sent again after five minutes without an event', async (t) => {
  const { delayMs } = await deliver('email', [{ operation: 'SendEmail', nth: 1, fault: 'hang-before' }]);

  t.diagnostic(`${(delayMs / 1000).toFixed(1)} s`);
  assert.ok(delayMs > 300_000 && delayMs < 900_000, `${delayMs} ms`);
});

async function withoutFaults(mode: Mode): Promise<{ calls: readonly Call[]; delayMs: number }> {
  const { contactId, seen, delayMs } = await deliver(mode, []);
  return { calls: callsIn(seen, simulator, contactId).filter(({ nth }) => nth === 1), delayMs };
}

test('if no call is answered the first time, eight voicemails are still delivered once each', async (t) => {
  coolDown();
  simulator.faults.set({ rules: taskCalls.map((call) => ({ ...call, fault: 'hang-before' })) });

  const contactIds = Array.from({ length: 8 }, () => leaveVoicemail(simulator, 'guided_task'));
  await untilSettled(simulator, contactIds, HOUR_MS);

  assert.ok(simulator.faults.used().every(Boolean));
  simulator.faults.clear();
  assertDeliveredOnce(simulator, contactIds, SAID);
  t.diagnostic(contactIds.map((contactId) => `${(delayOf(contactId) / 1000).toFixed(1)} s`).join(', '));
});

/** Leaves one voicemail, with functions that start cold, with empty caches. */
async function deliver(mode: Mode, rules: readonly FaultRule[]) {
  coolDown();
  simulator.faults.set({ rules });
  const seenBefore = happenings.length;
  const contactId = leaveVoicemail(simulator, mode);
  await untilSettled(simulator, [contactId], HOUR_MS);
  assert.deepEqual(
    simulator.faults.used(),
    rules.map(() => true),
  );
  simulator.faults.clear();
  assertDeliveredOnce(simulator, [contactId], SAID);
  return { contactId, seen: happenings.slice(seenBefore), delayMs: delayOf(contactId) };
}

function coolDown(): void {
  for (const functionId of Object.keys(simulator.deployment.functions)) simulator.lambda.coolDown(functionId);
}

/** From the hang-up until the task or the mail. */
function delayOf(contactId: string): number {
  const hangUp = happenings.find((one) => one.kind === 'hang-up' && one.contactId === contactId);
  const arrival = arrivals(simulator).find((one) => one.contactId === contactId);
  assert.ok(hangUp && arrival, 'it was not delivered');
  return arrival.atMs - hangUp.atMs;
}
