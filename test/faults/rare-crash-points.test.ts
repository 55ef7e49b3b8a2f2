import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { FaultRule } from '../../simulator/faults/fault-plan.ts';
import type { Happening } from '../../simulator/happenings.ts';
import { leaveVoicemail, SAID, startCloud, untilSettled } from './cloud.ts';
import { assertDeliveredOnce } from './count-deliveries.ts';
import { bothWaysToDie, callsIn, callsOfSweep, idOf, type Call, inWords } from './crash-points.ts';
import { ledgerEntries, ledgerFaults } from './ledger-faults.ts';

/** A message that fails once is parked, and so lost to its voicemail, until the sweep comes. */
const simulator = await startCloud({}, { receives: 1, attempts: 1 });
const happenings: Happening[] = [];
simulator.happenings.listen((happening) => void happenings.push(happening));
after(simulator.close);

const contactIds: string[] = [];
const PATIENCE_MS = 3 * 3_600_000;
/** Sooner than the first voicemail is past due. */
const STUCK_MS = 2 * 60_000;
/** A message of more than 5 MiB, which is uploaded in several parts. */
const LONG_SECONDS = 330;

const [saver, transcriber, deliverer] = ['save-recording', 'start-transcription', 'deliver-voicemail'].map(
  (bundle) => idOf(simulator, bundle),
);
/** The states in which a voicemail stays if the next step fails so. */
const STUCK: Readonly<Record<string, readonly FaultRule[]>> = {
  received: [{ caller: saver ?? '', nth: 1, fault: 'fail' }],
  recorded: [
    { caller: saver ?? '', operation: 'StartTranscriptionJob', nth: 1, fault: 'fail' },
    { caller: transcriber ?? '', nth: 1, fault: 'fail' },
  ],
  transcribing: [{ caller: deliverer ?? '', nth: 1, fault: 'fail' }],
  delivering: [{ caller: deliverer ?? '', operation: 'GetObject', nth: 1, fault: 'fail' }],
};

const known = new Set<string>();
for (const [state, setbacks] of Object.entries(STUCK)) {
  test(`a sweep that dies before or after any call with which it pushes on what is ${state} loses and doubles nothing`, async (t) => {
    const from = happenings.length;
    const contactId = await leaveStuck(state, setbacks);
    // What comes before the push is the same in every state.
    const calls = callsOfSweep(happenings.slice(from), simulator, { contactId, others: contactIds }).filter(
      (call) => call.operation === 'SendMessage' || !known.has(inWords(call)),
    );
    for (const call of calls) known.add(inWords(call));

    for (const point of calls.flatMap(bothWaysToDie)) await leaveStuck(state, setbacks, point);

    t.diagnostic(calls.map(({ operation }) => operation).join(', '));
    assertDeliveredOnce(simulator, contactIds, SAID);
  });
}

test('a function that dies before or after any call of a multipart upload loses and doubles nothing', async (t) => {
  const long = await callsOf(LONG_SECONDS, []);
  const short = await callsOf(1, []);
  const ordinary = new Set(short.map(({ operation }) => operation));
  const calls = long.filter(({ caller, operation }) => caller === saver && !ordinary.has(operation));

  for (const point of calls.flatMap(bothWaysToDie)) await callsOf(LONG_SECONDS, [point]);

  t.diagnostic(calls.map(({ operation }) => operation).join(', '));
  assertDeliveredOnce(simulator, contactIds, SAID);
});

test('a function that dies while it removes a failed upload loses and doubles nothing', async () => {
  const refused: FaultRule = {
    caller: saver ?? '',
    operation: 'CompleteMultipartUpload',
    nth: 1,
    fault: 'fail',
  };
  const abort = { caller: saver ?? '', service: 's3', operation: 'AbortMultipartUpload', nth: 1 };

  for (const point of bothWaysToDie(abort)) await callsOf(LONG_SECONDS, [refused, point]);

  assertDeliveredOnce(simulator, contactIds, SAID);
});

test('for all of them the ledger agrees', async () => {
  assert.deepEqual(await ledgerFaults(simulator, contactIds), []);
});

/** The first rules leave it in the state; it is still brought to its end. */
async function leaveStuck(
  state: string,
  setbacks: readonly FaultRule[],
  ...points: readonly FaultRule[]
): Promise<string> {
  const contactId = leaveVoicemail(simulator, 'task');
  contactIds.push(contactId);
  const rules = [...setbacks.map((setback) => ({ ...setback, about: contactId })), ...points];
  simulator.faults.set({ rules });
  await simulator.clock.sleep(STUCK_MS);
  assert.equal((await ledgerEntries(simulator)).get(contactId)?.['state'], state);
  await untilSettled(simulator, [contactId], PATIENCE_MS);
  assert.ok(simulator.faults.used().every(Boolean), JSON.stringify(rules));
  return contactId;
}

/** The calls of functions for one voicemail under these rules. */
async function callsOf(seconds: number, points: readonly FaultRule[]): Promise<readonly Call[]> {
  const from = happenings.length;
  const contactId = leaveVoicemail(simulator, 'task', seconds);
  contactIds.push(contactId);
  const rules = points.map((point) => ({ ...point, about: contactId }));
  simulator.faults.set({ rules });
  await untilSettled(simulator, [contactId], PATIENCE_MS);
  assert.ok(simulator.faults.used().every(Boolean), JSON.stringify(rules));
  return callsIn(happenings.slice(from), simulator, contactId);
}
