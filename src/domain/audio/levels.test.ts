import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { isBlank, levelMeter, type Levels } from './levels.ts';

const SAMPLES = ['appointment.wav', 'billing.wav', 'missing-order.wav'] as const;
const SECOND = 8000;
const WINDOW = 800;
const MINIMUM_MS = 1000;

for (const file of SAMPLES) {
  for (const decibels of [0, -20, -30, -35]) {
    test(`${file} at ${decibels} dB is a message`, () => {
      const speech = scaled(spoken(file), decibels);

      assert.equal(isBlank(levelsOf(speech), MINIMUM_MS), false);
    });
  }
}

test('one soft word in ten seconds of silence is a message', () => {
  const word = scaled(spoken('missing-order.wav').subarray(2 * SECOND, 2.4 * SECOND), -20);

  assert.equal(isBlank(levelsOf(joined(silence(5), word, silence(5))), MINIMUM_MS), false);
});

test('words so soft that only their vowels are heard, with pauses between, are a message', () => {
  const vowel = scaled(tone(0.11, 180), -50);
  const speech = joined(...Array.from({ length: 5 }, () => [vowel, silence(0.29)]).flat());

  assert.equal(isBlank(levelsOf(speech), MINIMUM_MS), false);
});

test('a message that is shorter than the least is blank, however loud', () => {
  assert.equal(isBlank(levelsOf(tone(0.999, 300)), MINIMUM_MS), true);
  assert.equal(isBlank(levelsOf(tone(1, 300)), MINIMUM_MS), false);
  assert.equal(isBlank(levelsOf(tone(0.5, 300)), 0), false);
});

test('silence is blank, and so are the noise of a line and a few clicks on it', () => {
  const click = noise(0.02, -20);

  assert.equal(isBlank(levelsOf(silence(30)), MINIMUM_MS), true);
  assert.equal(isBlank(levelsOf(noise(30, -60)), MINIMUM_MS), true);
  assert.equal(isBlank(levelsOf(joined(noise(1, -60), click, noise(3, -60), click)), MINIMUM_MS), true);
});

test('sound that can be a voice is not blank: a noisy line, and a key that is pressed', () => {
  assert.equal(isBlank(levelsOf(noise(30, -50)), MINIMUM_MS), false);
  assert.equal(isBlank(levelsOf(joined(silence(2), tone(0.4, 941), silence(2))), MINIMUM_MS), false);
});

test('peak and RMS are those of a full-scale tone', () => {
  const { peak, rms, durationMs } = levelsOf(tone(3, 400));

  assert.deepEqual(
    { peak, rms, durationMs },
    { peak: 1, rms: Math.round(Math.SQRT1_2 * 10_000) / 10_000, durationMs: 3000 },
  );
});

test('the lowest possible sample has a peak of one', () => {
  assert.equal(levelsOf(new Int16Array(1).fill(-32_768)).peak, 1);
});

test('sound is counted in tenths of a second, in all and in one stretch', () => {
  const { soundMs, longestSoundMs } = levelsOf(
    joined(tone(0.3, 400), silence(1), tone(1.2, 400), silence(1)),
  );

  assert.deepEqual({ soundMs, longestSoundMs }, { soundMs: 1500, longestSoundMs: 1200 });
});

test('a waveform has a point for every tenth of a second, at its place', () => {
  const { waveform, windowMs } = levelsOf(joined(silence(0.2), tone(0.1, 400), silence(0.15)));

  assert.deepEqual({ waveform, windowMs }, { waveform: [0, 0, 1, 0, 0], windowMs: 100 });
});

for (const [seconds, windowMs, points] of [
  [40, 100, 400],
  [40.1, 200, 201],
  [1500, 6400, 235],
  [10_800, 51_200, 211],
] as const) {
  test(`a waveform of ${seconds} s has ${points} points, and the loud tenth of a second is in it`, () => {
    const audio = silence(seconds);
    audio.set(tone(0.1, 400), Math.floor(seconds / 2) * SECOND);

    const levels = levelsOf(audio);

    assert.deepEqual([levels.windowMs, levels.waveform.length], [windowMs, points]);
    assert.equal(levels.waveform.indexOf(1), Math.floor((Math.floor(seconds / 2) * 1000) / windowMs));
  });
}

test('levels are the same wherever the audio is cut, even within a sample', () => {
  const pcm = bytesOf(spoken('billing.wav'));
  const whole = levelsIn([pcm]);

  for (const sizeBytes of [1, 2, 3, 799, 1024, 1601]) {
    const chunks = Array.from({ length: Math.ceil(pcm.length / sizeBytes) }, (_, index) =>
      pcm.subarray(index * sizeBytes, (index + 1) * sizeBytes),
    );
    assert.deepEqual(levelsIn(chunks), whole);
  }
});

test('levels are those of a plain loop over the windows, to the last digit, however the bytes are cut', () => {
  const sample = fc.oneof(fc.integer({ min: -32_768, max: 32_767 }), fc.integer({ min: -100, max: 100 }));
  const audio = fc.array(sample, { maxLength: 10 * WINDOW, size: 'max' });
  const sizes = fc.array(fc.oneof(fc.nat(9), fc.nat(5000)), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(audio, sizes, (samples, cuts) => {
      const pcm = bytesOf(Int16Array.from(samples));
      const chunks: Uint8Array[] = [];
      for (let at = 0, i = 0; at < pcm.length; at += chunks.at(-1)?.length ?? 0, i += 1)
        chunks.push(pcm.subarray(at, at + 1 + (cuts[i % cuts.length] ?? 0)));

      const { peak, rms, soundMs, waveform, durationMs } = levelsIn(chunks);

      const windows = Array.from({ length: Math.ceil(samples.length / WINDOW) }, (_, index) =>
        samples.slice(index * WINDOW, (index + 1) * WINDOW),
      );
      const peaks = windows.map((window) => Math.max(...window.map(Math.abs)));
      const levels = windows.map((window) =>
        Math.sqrt(window.reduce((sum, one) => sum + one * one, 0) / WINDOW),
      );
      assert.deepEqual(waveform, peaks.map(share));
      assert.deepEqual([peak, rms], [Math.max(0, ...peaks), Math.max(0, ...levels)].map(share));
      assert.equal(soundMs, 100 * levels.filter((level) => level > 32_768 * 10 ** (-55 / 20)).length);
      assert.equal(durationMs, Math.round(samples.length / 8));
    }),
  );
});

test('two messages that are measured at the same time do not disturb each other', () => {
  const [one, other] = [bytesOf(spoken('billing.wav')), bytesOf(spoken('appointment.wav'))];
  const [meter, another] = [levelMeter(), levelMeter()];
  for (let at = 0; at < Math.max(one.length, other.length); at += 999) {
    meter.add(one.subarray(at, at + 999));
    another.add(other.subarray(at, at + 999));
  }

  assert.deepEqual([meter.end(), another.end()], [levelsIn([one]), levelsIn([other])]);
});

test('half a sample at the end is left out', () => {
  const pcm = bytesOf(tone(1, 400));

  assert.deepEqual(levelsIn([pcm, Uint8Array.of(127)]), levelsIn([pcm]));
});

test('no audio has no levels', () => {
  const nothing = { durationMs: 0, peak: 0, rms: 0, soundMs: 0, longestSoundMs: 0, waveform: [] };

  assert.deepEqual(levelsIn([]), { ...nothing, windowMs: 100 });
});

function levelsIn(chunks: Iterable<Uint8Array>): Levels {
  const meter = levelMeter();
  for (const chunk of chunks) meter.add(chunk);
  return meter.end();
}

const levelsOf = (samples: Int16Array) => levelsIn([bytesOf(samples)]);

const bytesOf = ({ buffer, byteOffset, byteLength }: Int16Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

function spoken(file: string): Int16Array {
  const data = readFileSync(`samples/${file}`).subarray(44);
  return Int16Array.from({ length: data.length >> 1 }, (_, index) => data.readInt16LE(index * 2));
}

const share = (level: number) => Math.round((level / 32_768) * 10_000) / 10_000;

const silence = (seconds: number) => new Int16Array(Math.round(seconds * SECOND));

/** At full scale. */
const tone = (seconds: number, hertz: number) =>
  silence(seconds).map((_, index) => Math.round(32_767 * Math.cos((2 * Math.PI * hertz * index) / SECOND)));

/** White, with this RMS. */
function noise(seconds: number, dbfs: number): Int16Array {
  const amplitude = 32_768 * Math.sqrt(3) * 10 ** (dbfs / 20);
  let seed = 1;
  return silence(seconds).map(() => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.round((seed / 2 ** 31 - 1) * amplitude);
  });
}

const scaled = (samples: Int16Array, decibels: number) =>
  samples.map((sample) => Math.round(sample * 10 ** (decibels / 20)));

function joined(...pieces: readonly Int16Array[]): Int16Array {
  return Int16Array.from(pieces.flatMap((piece) => [...piece]));
}
