import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createClock } from '../simulator/clock.ts';
import { createHappenings } from '../simulator/happenings.ts';
import { watchProgress } from './watch-progress.ts';

const HOUR_MS = 3_600_000;
const MANY_LOOKS = 10_000;

test('a wait goes on as long as anything happens, however slow the machine is', (t) => {
  const at = watched(t, { longestMs: HOUR_MS });
  const done = at.clock.busy();

  for (let count = 0; count < 100; count += 1) {
    at.look(200);
    at.happen();
  }

  assert.deepEqual(at.ends, []);
  done();
});

test('a wait goes on as long as the process uses CPU, even if nothing happens', (t) => {
  const at = watched(t, { longestMs: HOUR_MS });
  const done = at.clock.busy();

  // A machine that gives the process a twentieth of a core.
  at.look(MANY_LOOKS, 50);

  assert.deepEqual(at.ends, []);
  done();
});

test('a wait ends soon when nothing is under way any more', (t) => {
  const at = watched(t, { longestMs: HOUR_MS });
  at.clock.after(HOUR_MS, () => {}, { background: true });

  at.look(9);
  assert.deepEqual(at.ends, []);
  at.look(MANY_LOOKS);

  assert.deepEqual(at.ends, ['nothing is under way any more']);
});

test('a wait ends if work is pending and nothing moves any more', (t) => {
  const at = watched(t, { longestMs: HOUR_MS });
  const done = at.clock.busy();

  at.look(MANY_LOOKS);

  assert.deepEqual(at.ends, ['it is still under way, but nothing has moved for minutes']);
  done();
});

test('a wait ends after so much of the simulator’s time, and says whether it is still under way', (t) => {
  const at = watched(t, { longestMs: 2 * HOUR_MS });
  const tick = () => void at.clock.after(60_000, tick);
  tick();

  at.clock.advance(HOUR_MS);
  at.look(1);
  assert.deepEqual(at.ends, []);
  at.clock.advance(HOUR_MS);
  at.look(1);

  assert.deepEqual(at.ends, ['it is still under way after 2 hours of the simulator’s time']);
});

test('schedules run to the end of the wait if a sweep can push on what is stuck', async (t) => {
  const at = watched(t, { longestMs: HOUR_MS, isSweepAwaited: true });
  let sweeps = 0;
  const sweep = () => {
    sweeps += 1;
    at.clock.after(60_000, sweep, { background: true });
  };
  sweep();

  // Fast time gets there without help.
  while (at.ends.length === 0) await new Promise(setImmediate);

  assert.ok(sweeps >= 60, `${sweeps}`);
  assert.deepEqual(at.ends, ['nothing is under way any more']);
});

test('an ended watch leaves no timer behind', (t) => {
  const at = watched(t, { longestMs: HOUR_MS, isSweepAwaited: true });

  at.stop();
  at.clock.advance(2 * HOUR_MS);
  at.look(MANY_LOOKS);

  assert.deepEqual(at.ends, []);
  assert.deepEqual(at.clock.underWay(), { working: 0, timers: 0 });
});

function watched(t: TestContext, watch: { longestMs: number; isSweepAwaited?: boolean }) {
  const clock = createClock('fast');
  t.after(clock.stop);
  const happenings = createHappenings();
  const ends: string[] = [];
  let looks: (() => void)[] = [];
  let cpuMs = 0;
  const stop = watchProgress(
    { clock, happenings },
    { ...watch, onEnd: (why) => void ends.push(why) },
    {
      cpuMs: () => cpuMs,
      every(look) {
        looks.push(look);
        return () => (looks = []);
      },
    },
  );
  return {
    clock,
    ends,
    stop,
    happen: () => happenings.tell({ kind: 'log', atMs: 0, functionId: 'any', line: 'any' }),
    look(count: number, cpuMsEach = 0) {
      for (let left = count; left > 0; left -= 1) {
        cpuMs += cpuMsEach;
        for (const look of looks) look();
      }
    },
  };
}
