import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Happening } from '../../simulator/happenings.ts';
import { leaveVoicemail, startStack, untilSettled } from './cloud.ts';
import { callsIn, callsOfSweep, inWords } from './crash-points.ts';

const MINE = 'c0ffee00-0000-4000-8000-0000000000c1';
const OTHER = 'c0ffee00-0000-4000-8000-0000000000c2';
const STACK = {
  deployment: {
    functions: { Saver: {}, Sweep: {} },
    idOf: (_: string, bundle: string) => (bundle === 'sweep' ? 'Sweep' : 'Saver'),
  },
};
const HOUR_MS = 3_600_000;

test('only the calls for one voicemail are counted as its own', () => {
  const told = [
    call('Saver', 'PutItem', OTHER),
    call('Saver', 'PutItem', MINE),
    call('Saver', 'PutItem', MINE),
  ];

  const calls = callsIn(told, STACK, MINE);

  assert.deepEqual(calls.map(inWords), ['Saver test PutItem 1', 'Saver test PutItem 2']);
});

test('the sweep’s calls for no particular voicemail count, and those for another do not', () => {
  const told = [
    call('Sweep', 'Query'),
    call('Sweep', 'SendMessage', OTHER),
    call('Sweep', 'UpdateItem', MINE),
  ];

  const calls = callsOfSweep(told, STACK, { contactId: MINE, others: [OTHER, MINE] });

  assert.deepEqual(calls.map(inWords), ['Sweep test Query 1', 'Sweep test UpdateItem 1']);
  assert.deepEqual(callsIn(told, STACK, MINE), []);
});

test('two voicemails under way at the same time have no more calls each than one alone', async (t) => {
  // A transcript that is there at once overtakes the note of its job, and costs a delivery three calls more.
  const simulator = await startStack({ delays: { transcriptionMs: 5_000 } });
  t.after(simulator.close);
  const happenings: Happening[] = [];
  simulator.happenings.listen((one) => void happenings.push(one));
  const wordsOf = (contactId: string) => callsIn(happenings, simulator, contactId).map(inWords);
  const alone = leaveVoicemail(simulator, 'task');
  await untilSettled(simulator, [alone], HOUR_MS);
  const usual = wordsOf(alone);

  const two = [leaveVoicemail(simulator, 'task'), leaveVoicemail(simulator, 'task')];
  await untilSettled(simulator, two, HOUR_MS);

  for (const calls of two.map(wordsOf)) {
    // Without those that only cold functions make.
    assert.ok(calls.length > usual.length / 2, `${calls.length} of ${usual.length}`);
    assert.deepEqual(
      calls.filter((words) => !usual.includes(words)),
      [],
    );
  }
});

function call(caller: string, operation: string, ...about: readonly string[]): Happening {
  return { kind: 'api-call', atMs: 0, service: 'test', operation, caller, about, status: 200, durationMs: 1 };
}
