import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { FaultRule } from '../../simulator/faults/fault-plan.ts';
import type { Happening } from '../../simulator/happenings.ts';
import { leaveVoicemail, type Mode, SAID, startStack, untilSettled } from './cloud.ts';
import { assertDeliveredOnce } from './count-deliveries.ts';
import { type Call, callsIn, inWords } from './crash-points.ts';

const HOUR_MS = 3_600_000;

const simulator = await startStack({});
after(() => simulator.close());
const happenings: Happening[] = [];
simulator.happenings.listen((happening) => void happenings.push(happening));

for (const mode of ['guided_task', 'email'] as const) {
  test(`whichever call for a voicemail by ${mode} is not answered, it is delivered once, and soon`, async (t) => {
    const undisturbed = await deliver(mode, []);
    const calls = callsIn(undisturbed.seen, simulator).filter(({ nth }) => nth === 1);
    assert.ok(calls.length > 15, `${calls.length} calls`);

    for (const call of calls) {
      for (const fault of ['hang-before', 'hang-after'] as const) {
        const { delayMs } = await deliver(mode, [{ ...call, fault }]);
        t.diagnostic(`${(delayMs / 1000).toFixed(1)} s  ${inWords(call)} ${fault}`);
      }
    }
  });
}

/** Leaves one voicemail, with functions that start cold and remember nothing. */
async function deliver(mode: Mode, rules: readonly FaultRule[]) {
  for (const functionId of Object.keys(simulator.deployment.functions)) simulator.lambda.coolDown(functionId);
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
  const seen = happenings.slice(seenBefore);
  return { seen, delayMs: delayIn(seen) };
}

/** From the hang-up to the delivery, as the dashboard shows it. */
function delayIn(seen: readonly Happening[]): number {
  const lines = seen.flatMap((one) => (one.kind === 'log' ? [one.line] : []));
  const found = lines.map((line) => /"TimeToDelivery":(\d+)/.exec(line)?.[1]).find((ms) => ms !== undefined);
  assert.ok(found, 'it was not delivered');
  return Number(found);
}
