import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configuredWorld } from '../../laptop/configured-world.ts';
import type { Irregularities } from '../../simulator/services/connect/canned/irregularities.ts';
import { fileAt, CALLER, samplesOf, spokenNoise, startLaptop } from './laptop.ts';
import { assertSameSamples } from '../same-samples.ts';

const { simulator, happenings, settled, tasksOf, taskOf } = await startLaptop({ metrics: 'full' });
const { clock, connect } = simulator;

const PER_FRAGMENT = 8192;
const FRAGMENTS = 6;
const LAST = FRAGMENTS - 1;
const AUDIO = spokenNoise((PER_FRAGMENT * FRAGMENTS - 1000) / 8000);
const MINUTE_MS = 60_000;
const MISSING = /Parts of the recording are missing/;

test('a message that is completely listed is not waited for, and listed only once', async () => {
  const { samples, description, calls } = await delivered({});

  assertSameSamples(samples, AUDIO);
  assert.doesNotMatch(description, MISSING);
  assert.equal(sumOf('RecordingsAwaited'), 0);
  assert.deepEqual(calls, { ListFragments: 1, GetMediaForFragmentList: 1 });
});

test('a pause of the caller is not waited for', async () => {
  const { description, calls } = await delivered({ gap: { before: 3, ms: 2500 } });

  assert.doesNotMatch(description, MISSING);
  assert.equal(sumOf('RecordingsAwaited'), 0);
  assert.deepEqual(calls, { ListFragments: 2, GetMediaForFragmentList: 1 });
});

const LATE: Readonly<Record<string, Irregularities>> = {
  'all fragments are listed three seconds late': { listedAfterMs: 3000 },
  'all fragments are listed four seconds late': { listedAfterMs: 4000 },
  'all fragments are listed two minutes late': { listedAfterMs: 2 * MINUTE_MS },
  'the last fragment is listed ten seconds late': { listedLate: { fragments: [LAST], ms: 10_000 } },
  'the last two fragments are listed a minute late': {
    listedLate: { fragments: [LAST - 1, LAST], ms: MINUTE_MS },
  },
  'the first two fragments are listed a minute late': { listedLate: { fragments: [0, 1], ms: MINUTE_MS } },
  'a fragment in the middle is listed ten seconds late': { listedLate: { fragments: [2], ms: 10_000 } },
  'two fragments in the middle are listed a minute late': {
    listedLate: { fragments: [2, 3], ms: MINUTE_MS },
  },
  'two fragments that are not neighbors are listed twenty seconds late': {
    listedLate: { fragments: [1, 3], ms: 20_000 },
  },
  'a fragment is listed twenty seconds late, and the one before it lacks some samples': {
    shortBlockIn: 1,
    listedLate: { fragments: [2], ms: 20_000 },
  },
  'a fragment is listed at once and found half a minute later': { missing: { fragment: 3, reads: 10 } },
};

for (const [what, irregularities] of Object.entries(LATE)) {
  test(`${what}: every sample arrives, and nobody speaks of missing parts`, async () => {
    const before = sumOf('RecordingsAwaited');
    const { contactId, samples, description, recordedAfterMs } = await delivered(irregularities);

    assertSameSamples(samples, AUDIO);
    assert.doesNotMatch(description, MISSING);
    assert.ok(recordedAfterMs < 3 * MINUTE_MS, `${recordedAfterMs} ms`);
    assert.ok(sumOf('RecordingsAwaited') > before);
    assert.equal(sumOf('MessagesRetried'), 0);
    assert.ok(linesOf(contactId).some((line) => line.includes('NOT_READY')));
  });
}

test('fragments that are never listed are waited for three minutes, then replaced by silence, with a note for the agent', async () => {
  const { samples, description, recordedAfterMs } = await delivered({
    listedLate: { fragments: [LAST - 1, LAST], ms: Infinity },
  });

  assert.equal(samples.length, AUDIO.length);
  assert.deepEqual(
    samples.subarray(0, (LAST - 1) * PER_FRAGMENT),
    AUDIO.subarray(0, (LAST - 1) * PER_FRAGMENT),
  );
  assert.ok(samples.subarray((LAST - 1) * PER_FRAGMENT, LAST * PER_FRAGMENT).every((sample) => sample === 0));
  assert.match(description, MISSING);
  assert.ok(recordedAfterMs > 3 * MINUTE_MS && recordedAfterMs < 3.5 * MINUTE_MS, `${recordedAfterMs} ms`);
});

test('a last fragment that is never listed, but can be read, is not missing', async () => {
  const { samples, description } = await delivered({ listedLate: { fragments: [LAST], ms: Infinity } });

  assertSameSamples(samples, AUDIO);
  assert.doesNotMatch(description, MISSING);
});

test('if streams keep five minutes, a long message whose end is never listed is read before its beginning expires', async () => {
  const laptop = await startLaptop({ world: { ...configuredWorld(), mediaRetentionHours: 1 / 12 } });
  const audio = spokenNoise(200);
  const last = Math.ceil(audio.length / PER_FRAGMENT) - 1;
  const listedLate = { fragments: [last - 1, last], ms: Infinity };

  const { contactId } = laptop.simulator.connect.placeCall({
    from: CALLER,
    audio,
    irregularities: { listedLate },
  });
  const { references, description } = await laptop.taskOf(contactId);

  const samples = samplesOf(await fileAt(references['Recording']?.value));
  assert.deepEqual(
    samples.subarray(0, (last - 1) * PER_FRAGMENT),
    audio.subarray(0, (last - 1) * PER_FRAGMENT),
  );
  assert.match(description, MISSING);
});

test('a message that is read an hour after the call is not waited for', async () => {
  simulator.faults.set({ rules: [{ operation: 'ListFragments', fault: 'fail' }] });
  const { contactId, ended } = connect.placeCall(callWith({ listedLate: { fragments: [2], ms: Infinity } }));
  await ended;
  await clock.sleep(60 * MINUTE_MS);
  simulator.faults.clear();

  const { description } = await taskOf(contactId);
  await settled(contactId);

  assert.match(description, MISSING);
  assert.ok(!linesOf(contactId).some((line) => line.includes('NOT_READY')));
});

/** What the functions wrote into their logs, about one contact or about all. */
function linesOf(contactId = ''): string[] {
  return happenings.flatMap((one) => (one.kind === 'log' && one.line.includes(contactId) ? one.line : []));
}

/** What the functions counted, in CloudWatch's embedded metric format. */
function sumOf(metric: string): number {
  return linesOf()
    .flatMap((line) => [...line.matchAll(new RegExp(`"${metric}":(\\d+)`, 'g'))])
    .reduce((sum, [, value]) => sum + Number(value), 0);
}

function callWith(irregularities: Irregularities) {
  return { from: CALLER, audio: AUDIO, irregularities };
}

/** The result of one call, and its costs. */
async function delivered(irregularities: Irregularities) {
  const from = happenings.length;
  const { contactId } = connect.placeCall(callWith(irregularities));
  const { references, description } = await taskOf(contactId);
  await settled(contactId);
  assert.equal(tasksOf(contactId).length, 1);

  const told = happenings.slice(from);
  const recorded = told.find((one) => one.kind === 'object-created' && one.key.endsWith(`${contactId}.wav`));
  const countOf = (operation: string) =>
    told.filter((one) => one.kind === 'api-call' && one.operation === operation).length;
  return {
    contactId,
    samples: samplesOf(await fileAt(references['Recording']?.value)),
    description,
    recordedAfterMs: (recorded?.atMs ?? Infinity) - (connect.contact(contactId).endedAtMs ?? 0),
    calls: {
      ListFragments: countOf('ListFragments'),
      GetMediaForFragmentList: countOf('GetMediaForFragmentList'),
    },
  };
}
