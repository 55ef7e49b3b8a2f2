import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { CALLER, fileAt, samplesOf, spokenNoise, startLaptop } from './laptop.ts';
import { ledgerEntry } from './ledger-entry.ts';
import { assertSameSamples } from '../same-samples.ts';

const MINUTE_MS = 60_000;

const { simulator, happenings, recorded, settled, taskOf, tasksOf } = await startLaptop({
  world: { ...configuredWorld(), mediaRetentionHours: 0 },
});
const { clock, cloudwatch, connect, faults, kinesis } = simulator;

const Record = z.looseObject({ ContactId: z.string() });

test('a voicemail that is read after the stream’s retention becomes a request to call back, and an alarm', async () => {
  const { contactId } = connect.placeCall({ from: CALLER, audio: spokenNoise(2) });
  faults.set({ rules: [{ operation: 'ListFragments', fault: 'fail' }] });
  await clock.sleep(6 * MINUTE_MS);
  faults.clear();

  await asksToCallBack(contactId);

  assert.match(reason(contactId), /does not hold this message any more.*set it to at least 24 hours/);
});

test('without retention a voicemail is delivered if it is read within five minutes', async () => {
  const audio = spokenNoise(2);
  const { contactId } = connect.placeCall({ from: CALLER, audio });

  const task = await taskOf(contactId);

  assertSameSamples(samplesOf(await fileAt(task.references['Recording']?.value)), audio);
});

test('a voicemail without fragments of its contact becomes a request to call back; nobody hears another caller', async () => {
  const other = connect.placeCall({ from: CALLER, audio: spokenNoise(2), attributes: UNFLAGGED });
  const record = Record.parse(JSON.parse(await recorded(other.contactId)));
  const { contactId } = connect.placeCall({ from: CALLER, audio: new Int16Array(0), attributes: UNFLAGGED });
  await recorded(contactId);

  const attributes = { Attributes: { vmx3_flag: '1', vmx3_from: CALLER, vmx3_mode: 'task' } };
  const mixedUp = JSON.stringify({ ...record, ...attributes, ContactId: contactId });
  kinesis.put(connect.world.contactRecordStreamArn, mixedUp, contactId);
  await asksToCallBack(contactId);

  assert.match(reason(contactId), /contain no audio of this contact/);
  assert.deepEqual(tasksOf(other.contactId), []);
});

const UNFLAGGED = { vmx3_flag: undefined };

/** Delivered once, in the recipient's queue; everything is done, and an alarm went off. */
async function asksToCallBack(contactId: string): Promise<void> {
  const task = await taskOf(contactId);
  await settled(contactId);
  await clock.sleep(2 * MINUTE_MS);

  assert.match(task.description, /The message could not be recorded\. Please call back\.$/);
  assert.equal(task.references['Call back']?.value, CALLER);
  assert.equal(task.references['Recording'], undefined);
  assert.equal(tasksOf(contactId).length, 1);
  const { state, failureCode, deliveredAs } = await ledgerEntry(simulator, contactId);
  assert.deepEqual([state, failureCode, deliveredAs], ['parked', 'NO_AUDIO', 'task']);
  const alarm = `${simulator.deployment.stackName}: voicemails need somebody`;
  assert.equal(cloudwatch.alarms().get(alarm)?.state, 'ALARM');
}

function reason(contactId: string): string {
  const line = happenings.find(
    (one) =>
      one.kind === 'log' && one.line.includes(contactId) && one.line.includes('message cannot be recorded'),
  );
  return line?.kind === 'log' ? line.line : '';
}
