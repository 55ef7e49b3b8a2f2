import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { z } from 'zod';
import type { FaultRule } from '../../simulator/faults/fault-plan.ts';
import { CALLER, spokenNoise, startLaptop } from './laptop.ts';

const { simulator, happenings, settled, tasksOf } = await startLaptop();
const { connect, clock, deployment, faults } = simulator;

const HOUR_MS = 3_600_000;
/** Longer than a queue with waits of minutes would go on trying. */
const TROUBLE_HOURS = 2;
/** A message waits for ten minutes at most; five are for a busy machine. */
const RECOVERY_MS = HOUR_MS / 4;

const DELIVERY = deployment.idOf('AWS::Lambda::Function', 'deliver-voicemail');

/** For each of them one voicemail, which is all that the rule is about. Other services: test/faults/outages.test.ts. */
const TROUBLES: Readonly<Record<string, FaultRule>> = {
  'Amazon Connect throttles': { operation: 'StartTaskContact', fault: 'throttle' },
  'S3 does not answer': { operation: 'GetObject', caller: DELIVERY, fault: 'cut-before' },
};

const contactIds = new Map<string, string>();
let backAtMs = 0;

before(async () => {
  const rules = Object.entries(TROUBLES).map(([what, rule]) => {
    const { contactId } = connect.placeCall({ from: CALLER, audio: spokenNoise(1) });
    contactIds.set(what, contactId);
    return { ...rule, about: contactId };
  });
  faults.set({ rules });
  await clock.sleep(TROUBLE_HOURS * HOUR_MS);
  assert.deepEqual(connect.tasks(), []);
  assert.ok(faults.used().every(Boolean), 'a fault without any effect');
  backAtMs = clock.now();
  faults.clear();
});

for (const what of Object.keys(TROUBLES)) {
  test(`for hours ${what}: the voicemail is delivered once, soon after the end`, async () => {
    const contactId = contactIds.get(what) ?? '';

    await settled(contactId);

    const [task, ...more] = tasksOf(contactId);
    assert.equal(task?.description, 'please call me back');
    assert.ok(task.createdAtMs - backAtMs <= RECOVERY_MS);
    assert.deepEqual(more, []);
    assert.ok(!happenings.some(({ kind }) => kind === 'dead-letter'));
  });
}

test('a message that fails comes back after seconds at first, and after minutes when it has failed for long', () => {
  const waits = waitsOfOneMessage(contactIds.get('Amazon Connect throttles') ?? '');

  assert.ok(waits.length > 10, waits.join());
  assert.ok((waits[0] ?? 0) <= 8, waits.join());
  assert.ok(
    waits.slice(-5).every((seconds) => seconds >= 300 && seconds <= 600),
    waits.join(),
  );
});

const Retried = z.object({ messageId: z.string(), seconds: z.number() });

function waitsOfOneMessage(contactId: string): readonly number[] {
  const retries = happenings.flatMap((one) => {
    if (one.kind !== 'log' || !one.line.includes('message will be retried')) return [];
    return one.line.includes(contactId) ? [Retried.parse(JSON.parse(one.line))] : [];
  });
  return retries.filter(({ messageId }) => messageId === retries[0]?.messageId).map(({ seconds }) => seconds);
}
