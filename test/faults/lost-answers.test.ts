import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spokenNoise, startLaptop } from '../e2e/laptop.ts';
import { leaveVoicemail, SAID } from './cloud.ts';
import { assertDeliveredOnce } from './count-deliveries.ts';

const { simulator, happenings, settled, taskOf } = await startLaptop();

test('a delivery has the lease even if the answer to its request was lost', async () => {
  const caller = simulator.deployment.idOf('AWS::Lambda::Function', 'deliver-voicemail');
  simulator.faults.set({ rules: [{ caller, operation: 'UpdateItem', nth: 1, fault: 'cut-after' }] });

  const { contactId } = simulator.connect.placeCall({ from: '+15555550142', audio: spokenNoise(1) });
  const { createdAtMs } = await taskOf(contactId);
  await settled(contactId);

  assert.deepEqual(simulator.faults.used(), [true]);
  // Without the lease the first invocation would end, and a later one deliver after the lease has expired.
  const endedBefore = happenings.filter(
    (one) => one.kind === 'invocation' && one.functionId === caller && one.atMs < createdAtMs,
  );
  assert.deepEqual(endedBefore, []);
});

test('a mail whose answer breaks off in its body is one mail, without a task', async () => {
  simulator.faults.set({ rules: [{ operation: 'SendEmail', nth: 1, fault: 'cut-body' }] });

  const contactId = leaveVoicemail(simulator, 'email');
  await settled(contactId);

  assert.deepEqual(simulator.faults.used(), [true]);
  assertDeliveredOnce(simulator, [contactId], SAID);
});
