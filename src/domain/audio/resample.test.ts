import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createResampler } from './resample.ts';

const RATES_HZ = [16_000, 11_025, 22_050, 44_100, 48_000];

for (const rateHz of RATES_HZ) {
  test(`a tone in the range of a voice keeps its place and frequency, from ${rateHz} Hz`, () => {
    for (const toneHz of [0, 300, 1000, 3100]) {
      const kept = resampled(tone(toneHz, rateHz, 1), rateHz);
      const expected = tone(toneHz, 8000, 1);

      assert.equal(kept.length, expected.length);
      const middle = [...kept.entries()].slice(100, -100);
      const worst = Math.max(...middle.map(([n, sample]) => Math.abs(sample - (expected[n] ?? 0))));
      assert.ok(worst < 0.005, `${toneHz} Hz: off by ${worst}`);
    }
  });

  test(`frequencies above 8000 Hz's limit do not fold back into a voice, from ${rateHz} Hz`, () => {
    for (const toneHz of [4100, 4700, 5400].filter((hz) => hz < rateHz / 2)) {
      const kept = resampled(tone(toneHz, rateHz, 1), rateHz).slice(100, -100);
      const loudest = Math.max(...kept.map(Math.abs));
      assert.ok(20 * Math.log10(loudest) < -65, `${toneHz} Hz: ${20 * Math.log10(loudest)} dB`);
    }
  });
}

test('the size of the pieces makes no difference', () => {
  const samples = tone(440, 44_100, 0.05);
  const whole = resampled(samples, 44_100);

  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 20 }), (sizes) => {
      const resampler = createResampler(44_100, 8000);
      const pieces: number[] = [];
      let at = 0;
      for (const size of [...sizes, samples.length]) {
        pieces.push(...resampler.push(samples.slice(at, at + size)));
        at += size;
      }
      assert.deepEqual([...pieces, ...resampler.finish()], [...whole]);
    }),
  );
});

test('there are as many new samples as fit into the old ones’ time', () => {
  for (const [length, expected] of [
    [0, 0],
    [1, 1],
    [2, 1],
    [3, 2],
    [16_000, 8000],
  ] as const)
    assert.equal(resampled(new Float64Array(length), 16_000).length, expected);
});

function resampled(samples: Float64Array, rateHz: number): Float64Array {
  const { push, finish } = createResampler(rateHz, 8000);
  return Float64Array.from([...push(samples), ...finish()]);
}

/** Of amplitude 1. */
function tone(toneHz: number, rateHz: number, seconds: number): Float64Array {
  return Float64Array.from({ length: Math.round(rateHz * seconds) }, (_, n) =>
    Math.cos((2 * Math.PI * toneHz * n) / rateHz),
  );
}
