import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createClock } from '../clock.ts';
import { createTurns } from './turns.ts';

const HOUR_MS = 3_600_000;

function turnsOf(t: TestContext) {
  const clock = createClock('fast');
  t.after(clock.stop);
  const turns = createTurns(clock);
  const waited: number[] = [];
  const leaps: number[] = [];
  const beginAt = (atMs: number) =>
    turns.begin({
      atMs,
      onWait: (calls) => waited.push(calls),
      onLeap: ({ fromMs, toMs }) => leaps.push(Math.round((toMs - fromMs) / HOUR_MS)),
    });
  return { clock, turns, waited, leaps, beginAt };
}

test('the clock leaps for a call only after the others are over', async (t) => {
  const { clock, turns, waited, leaps, beginAt } = turnsOf(t);
  await turns.begin();
  await turns.begin();
  const targetMs = clock.now() + 5 * HOUR_MS;
  let hasBegun = false;
  const later = beginAt(targetMs).then(() => (hasBegun = true));

  turns.end();
  await clock.sleep(HOUR_MS);
  assert.equal(hasBegun, false);
  turns.end();
  await later;

  assert.deepEqual(waited, [2]);
  assert.deepEqual(leaps, [4]);
  assert.ok(clock.now() >= targetMs);
});

test('calls of the same time begin together, and those of a later time after them', async (t) => {
  const { clock, turns, leaps, beginAt } = turnsOf(t);
  const startMs = clock.now();
  const began: string[] = [];
  await turns.begin();
  const late = beginAt(startMs + 9 * HOUR_MS).then(() => began.push('late'));
  const early = [1, 2].map(() => beginAt(startMs + 3 * HOUR_MS).then(() => began.push('early')));

  turns.end();
  await Promise.all(early);
  assert.deepEqual(began, ['early', 'early']);
  turns.end();
  turns.end();
  await late;

  assert.deepEqual(leaps, [3, 3, 6]);
});

test('a call without a time does not hold up a leap that was asked for before it', async (t) => {
  const { clock, turns, beginAt } = turnsOf(t);
  const targetMs = clock.now() + HOUR_MS;
  await turns.begin();
  const first = beginAt(targetMs);
  const second = turns.begin().then(() => clock.now());

  turns.end();
  await first;

  assert.ok((await second) >= targetMs);
});

test('the clock does not leap while work goes on', async (t) => {
  const { clock, beginAt } = turnsOf(t);
  const done = clock.busy();
  const startMs = clock.now();

  const begun = beginAt(startMs + HOUR_MS);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  assert.ok(clock.now() < startMs + HOUR_MS);
  done();
  await begun;

  assert.ok(clock.now() >= startMs + HOUR_MS);
});
