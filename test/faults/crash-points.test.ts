import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FaultRule } from '../../simulator/faults/fault-plan.ts';
import { startLaptop } from '../e2e/laptop.ts';
import { leaveVoicemail, type Mode, MODES, SAID, untilSettled } from './cloud.ts';
import { countDeliveries } from './count-deliveries.ts';
import { ledgerFaults } from './ledger-faults.ts';

const NOBODY = { lost: [], doubled: [], withoutTranscript: [], withoutRecording: [], flagged: [] };
/** As many at one time as keep the functions busy. */
const AT_ONCE = 40;
/** A message that a killed worker had comes back after half an hour at most; lost events are looked for by then. */
const LONGEST_MS = 3 * 3_600_000;

type Point = Required<Pick<FaultRule, 'caller' | 'service' | 'operation' | 'nth'>> & {
  readonly fault: 'crash-before' | 'crash-after';
};
type Call = Omit<Point, 'fault'>;

const { simulator, happenings } = await startLaptop();
const calledFrom: string[] = [];

for (const mode of MODES) {
  test(`a function that dies before or after any one of its calls loses and doubles no ${mode}`, async (t) => {
    const calls = await callsOfADelivery(mode);
    // Up to the transcript every mode takes the same way, which one mode is enough to go.
    const points = (mode === MODES[0] ? calls.all : calls.sinceTranscript).flatMap(bothWaysToDie);
    const atOnce = await crashAtOnce(points, mode);
    // Calls that warm functions need not make, and those of no voicemail in particular.
    const cold = await crashOneByOne(
      points.filter((_, index) => !atOnce.used[index]),
      mode,
    );

    const contactIds = [...atOnce.contactIds, ...cold.contactIds];
    assert.partialDeepStrictEqual(countDeliveries(simulator, contactIds, SAID), NOBODY);
    assert.deepEqual(cold.unused, []);
    t.diagnostic(`${points.length} crash points, ${cold.contactIds.length} of them one by one`);
  });
}

test('the ledger says of all of them what the contact center says', async () => {
  assert.deepEqual(await ledgerFaults(simulator, calledFrom), []);
});

function leave(mode: Mode): string {
  const contactId = leaveVoicemail(simulator, mode);
  calledFrom.push(contactId);
  return contactId;
}

/** Every call of every function in one delivery, from cold functions on, in order. */
async function callsOfADelivery(mode: Mode) {
  const { functions } = simulator.deployment;
  for (const functionId of Object.keys(functions)) simulator.lambda.coolDown(functionId);
  const from = happenings.length;
  await untilSettled(simulator, [leave(mode)], LONGEST_MS);

  const counts = new Map<string, number>();
  const all: Call[] = [];
  let beforeTranscript = 0;
  for (const one of happenings.slice(from)) {
    if (one.kind === 'object-created' && one.key.endsWith('.json') && one.key.startsWith('transcripts/'))
      beforeTranscript = all.length;
    if (one.kind !== 'api-call' || !(one.caller in functions)) continue;
    const { caller, service, operation } = one;
    const what = `${caller} ${service} ${operation}`;
    const nth = (counts.get(what) ?? 0) + 1;
    counts.set(what, nth);
    all.push({ caller, service, operation, nth });
  }
  assert.ok(beforeTranscript > 0 && all.length > beforeTranscript);
  return { all, sinceTranscript: all.slice(beforeTranscript) };
}

function bothWaysToDie(call: Call): readonly Point[] {
  return (['crash-before', 'crash-after'] as const).map((fault) => ({ ...call, fault }));
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

/** One voicemail at a time, with cold functions; the crash is for the first who makes the call. */
async function crashOneByOne(points: readonly Point[], mode: Mode) {
  const contactIds: string[] = [];
  const unused: Point[] = [];
  for (const point of points) {
    simulator.lambda.coolDown(point.caller);
    simulator.faults.set({ rules: [point] });
    const contactId = leave(mode);
    await untilSettled(simulator, [contactId], LONGEST_MS);
    contactIds.push(contactId);
    if (!simulator.faults.used().every(Boolean)) unused.push(point);
  }
  return { contactIds, unused };
}
