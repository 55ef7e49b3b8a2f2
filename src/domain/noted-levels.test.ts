import assert from 'node:assert/strict';
import { test } from 'node:test';
import { levelMeter } from './audio/levels.ts';
import { notedLevels, waveformIn } from './noted-levels.ts';

const SAMPLES_PER_SECOND = 8000;

/** Windows of 100 ms get louder and louder, and begin again. */
function levelsOf(seconds: number) {
  const meter = levelMeter();
  meter.add(
    new Uint8Array(
      new Int16Array(seconds * SAMPLES_PER_SECOND).map((_, at) => (Math.floor(at / 800) % 50) * 600).buffer,
    ),
  );
  return meter.end();
}

test('the ledger notes what the levels are, with a point for each window', () => {
  const levels = levelsOf(15);

  const noted = notedLevels(levels);

  const { durationMs: _, waveform, ...rest } = levels;
  assert.deepEqual(noted, { ...rest, waveform: noted.waveform });
  const read = waveformIn(noted);
  assert.equal(read.length, 150);
  for (const [at, point] of read.entries()) assert.ok(Math.abs(point - (waveform[at] ?? 0)) <= 0.5 / 255);
});

test('a waveform has 200 points at most, each the loudest of its windows, however long the message is', () => {
  for (const seconds of [20, 20.1, 39.9, 41, 600]) {
    const levels = levelsOf(seconds);

    const noted = notedLevels(levels);

    const points = waveformIn(noted);
    assert.ok(points.length > 100 && points.length <= 200, `${points.length} points`);
    assert.equal(points.length, Math.ceil((seconds * 1000) / noted.windowMs));
    assert.equal(Math.max(...points), Math.round(levels.peak * 255) / 255);
    assert.ok(JSON.stringify(noted).length < 380);
  }
});
