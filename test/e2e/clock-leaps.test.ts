import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CALLER, spokenNoise, startLaptop } from './laptop.ts';
import { ledgerEntry } from './ledger-entry.ts';

const { simulator, happenings: told, tasksOf } = await startLaptop();
const { clock, connect, deployment, happenings } = simulator;

const HOUR_MS = 3_600_000;
const DAYS = 5;

/** During the first of these calls the clock leaps: as if everything had stood still for days. */
const MOMENTS = [
  'ListFragments',
  'GetMediaForFragmentList',
  'PutObject',
  'StartTranscriptionJob',
  'UpdateItem',
  'StartTaskContact',
  'UpdateContactAttributes',
] as const;

for (const operation of MOMENTS) {
  test(`after a leap of days during ${operation} the voicemail is delivered once, or asks to call back with an alarm`, async () => {
    let leaps = 0;
    const stop = happenings.listen((one) => {
      if (one.kind !== 'api-call' || one.operation !== operation || leaps > 0) return;
      leaps += 1;
      clock.leapTo(clock.now() + DAYS * 24 * HOUR_MS);
    });
    const { contactId } = connect.placeCall({ from: CALLER, audio: spokenNoise(2) });
    const isSettled = () => connect.contact(contactId).attributes['vmx3_flag'] === '0';

    for (let hours = 0; hours < 72 && !isSettled(); hours += 1) await clock.sleep(HOUR_MS);
    stop();

    const { state, deliveredAs } = await ledgerEntry(simulator, contactId);
    assert.equal(leaps, 1);
    const [task, ...more] = tasksOf(contactId);
    assert.ok(task);
    assert.deepEqual([more, deliveredAs], [[], 'task']);
    if (state === 'delivered') return;
    assert.equal(state, 'parked');
    assert.match(task.description, /could not be recorded\. Please call back\.$/);
    const alarm = `${deployment.stackName}: voicemails need somebody`;
    assert.ok(told.some((one) => one.kind === 'alarm' && one.name === alarm && one.state === 'ALARM'));
  });
}
