import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Irregularities } from '../../simulator/services/connect/canned/irregularities.ts';
import { fileAt, CALLER, samplesOf, spokenNoise, startLaptop } from './laptop.ts';
import { assertSameSamples } from '../same-samples.ts';

const { simulator, settled, tasksOf, taskOf } = await startLaptop();

const PER_FRAGMENT = 8192;
const FRAGMENTS = 6;
const AUDIO = spokenNoise((PER_FRAGMENT * FRAGMENTS - 1000) / 8000);
const STRANGER = AUDIO.subarray(0, PER_FRAGMENT).map((sample) => ~sample);

/** With every irregularity of the stream, exactly the caller's samples arrive. */
const EXACT: Readonly<Record<string, Irregularities>> = {
  'a block of 192 bytes in the middle': { shortBlockIn: 2 },
  'track names filled up with NULs': { namesPadded: true },
  'the caller on the second track': { customerLast: true },
  'a last fragment without contact id': { lastWithoutContact: true },
  'a fragment without any tags': { withoutTags: 3 },
  'a fragment that is found at the third attempt': { missing: { fragment: 2, reads: 2 } },
  'a last fragment that is found at the second attempt': { missing: { fragment: 5, reads: 1 } },
  'a connection that breaks in the middle': { brokenIn: 3 },
  'a fragment of another contact in between': { stranger: { after: 2, samples: STRANGER } },
  'fragments that are listed a second late': { listedAfterMs: 1000 },
  'a stream that refuses the first three calls': { refusedCalls: 3 },
  'nearly everything at once': {
    namesPadded: true,
    customerLast: true,
    lastWithoutContact: true,
    missing: { fragment: 1, reads: 1 },
    brokenIn: 4,
    stranger: { after: 3, samples: STRANGER },
    refusedCalls: 1,
  },
};

/** The slow calls come at once, because faults are waited for in real time. */
const neverFound = delivered({ missing: { fragment: 2, reads: Infinity } });
const tailCut = delivered({ tailCut: true });

for (const [what, irregularities] of Object.entries(EXACT)) {
  const delivery = delivered(irregularities);
  test(`${what}: every sample arrives, once`, async () => {
    const { samples, description } = await delivery;

    assertSameSamples(samples, AUDIO);
    assert.doesNotMatch(description, /incomplete|missing/i);
  });
}

test('a fragment that is never found: the others arrive, in order, with silence in its place and a note for the agent', async () => {
  const { samples, description } = await neverFound;

  const middle = between(AUDIO.subarray(0, 2 * PER_FRAGMENT), AUDIO.subarray(3 * PER_FRAGMENT), samples);
  assert.ok(isSilence(middle));
  assert.equal(description, 'Parts of the recording are missing.\nplease call me back');
});

test('a fragment that is sent again after a reconnect: every sample arrives, in order', async () => {
  const { samples } = await delivered({ repeated: 2 });

  const middle = between(AUDIO.subarray(0, 3 * PER_FRAGMENT), AUDIO.subarray(3 * PER_FRAGMENT), samples);
  const again = AUDIO.subarray(2 * PER_FRAGMENT, 3 * PER_FRAGMENT);
  assert.ok(middle.length === 0 || middle.join() === again.join());
});

test('a gap in time: what was said before and after it arrives, and nothing but silence between', async () => {
  const { samples } = await delivered({ gap: { before: 3, ms: 1500 } });

  const middle = between(AUDIO.subarray(0, 3 * PER_FRAGMENT), AUDIO.subarray(3 * PER_FRAGMENT), samples);
  assert.ok(isSilence(middle));
});

test('a last fragment whose tail is cut off: what there is of it arrives', async () => {
  const { samples } = await tailCut;

  assert.ok(samples.length > (FRAGMENTS - 1) * PER_FRAGMENT && samples.length < AUDIO.length);
  assertSameSamples(samples, AUDIO.subarray(0, samples.length));
});

/** One task, and the samples that its link plays. */
async function delivered(irregularities: Irregularities) {
  const { contactId } = simulator.connect.placeCall({
    from: CALLER,
    audio: AUDIO,
    alsoToCustomer: true,
    irregularities,
  });
  const { references, description } = await taskOf(contactId);
  await settled(contactId);
  assert.equal(tasksOf(contactId).length, 1);
  return { samples: samplesOf(await fileAt(references['Recording']?.value)), description };
}

/** The samples between the given beginning and end, which must both be found. */
function between(start: Int16Array, end: Int16Array, samples: Int16Array): Int16Array {
  const endAt = samples.length - end.length;
  assert.ok(endAt >= start.length);
  assertSameSamples(samples.subarray(0, start.length), start);
  assertSameSamples(samples.subarray(endAt), end);
  return samples.subarray(start.length, endAt);
}

const isSilence = (samples: Int16Array) => samples.every((sample) => sample === 0);
