import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import written from '../../voicemail.config.ts';
import { flowDocument, listens, says, setsAttributes, type ShortFlow, streams } from '../flow-document.ts';
import { MESSAGE, placeOf, recordingOf } from './callers-script.ts';
import { BILLING_ARN, CALLER, startLaptop } from './laptop.ts';
import { ledgerEntry } from './ledger-entry.ts';

const HOUR_MS = 3_600_000;
const { simulator, happenings, recorded, tasksOf, taskOf, until } = await startLaptop();
const { clock, cloudwatch, connect } = simulator;

const Logged = z.looseObject({ message: z.string(), contactId: z.string().optional() });

test('a callback that is queued during the call has its flag, and is not a second voicemail', async () => {
  const toCallBack = addFlow('f901', { bye: { type: 'DisconnectParticipant' } });
  const flow = addFlow('f902', voicemailThatAsksForACallback(toCallBack));

  const call = connect.call({
    from: CALLER,
    flow,
    script: [
      { kind: 'hear', what: 'after the tone' },
      { kind: 'say', audio: MESSAGE },
      { kind: 'press', keys: '#' },
      { kind: 'stay' },
    ],
  });
  await call.ended;
  const task = await taskOf(call.contactId);
  const callbackId = await until('the record of the callback', () => otherCall(call.contactId));
  const record = await recorded(callbackId);
  await clock.sleep(HOUR_MS);

  assert.match(record, /"InitiationMethod":"CALLBACK"/);
  assert.match(record, /"vmx3_flag":"1"/);
  assert.match(record, /"Agent":null/);
  assert.ok(placeOf(MESSAGE, await recordingOf(task)) >= 0);
  assert.equal(tasksOf(call.contactId).length, 1);
  assert.deepEqual(tasksOf(callbackId), []);
  assert.deepEqual(await ledgerEntry(simulator, callbackId), {});
  assert.deepEqual(passedOver(), [callbackId]);
  const inAlarm = [...cloudwatch.alarms()].filter(([, { state }]) => state === 'ALARM').map(([name]) => name);
  assert.deepEqual(inAlarm, []);
});

/** The other voice contact with a record. */
function otherCall(contactId: string): string | undefined {
  const found = happenings.find(
    (one) => one.kind === 'contact-record' && one.channel === 'VOICE' && one.contactId !== contactId,
  );
  return found?.kind === 'contact-record' ? found.contactId : undefined;
}

function passedOver(): readonly (string | undefined)[] {
  const lines = happenings.flatMap((one) => (one.kind === 'log' ? [one.line] : []));
  return lines
    .filter((line) => line.includes('flagged contact passed over'))
    .map((line) => Logged.parse(JSON.parse(line)).contactId);
}

/** A flow of the customer's own: the message, and in the same call a callback that `toCallBack` declines at once. */
function voicemailThatAsksForACallback(toCallBack: string): ShortFlow {
  const callback = {
    QueueId: BILLING_ARN,
    ContactFlowId: toCallBack,
    InitialCallDelaySeconds: '1',
    MaximumConnectionAttempts: '1',
    RetryDelaySeconds: '600',
  };
  return {
    start: streams('Enabled', 'flag'),
    flag: setsAttributes({ vmx3_flag: '1', vmx3_mode: 'task', vmx3_queue_arn: BILLING_ARN }, 'ask'),
    ask: says('Please speak after the tone', 'listen'),
    listen: listens('callback'),
    callback: {
      type: 'CreateCallbackContact',
      parameters: callback,
      next: 'stop',
      errors: { NoMatchingError: 'stop' },
    },
    stop: streams('Disabled', 'bye'),
    bye: { type: 'DisconnectParticipant' },
  };
}

function addFlow(end: string, actions: ShortFlow): string {
  const id = `9a9a9a9a-0000-4000-8000-00000000${end}`;
  const arn = `${written.instanceArn}/contact-flow/${id}`;
  connect.flows.add({ id, arn, name: `Flow ${end}`, type: 'CONTACT_FLOW', document: flowDocument(actions) });
  return id;
}
