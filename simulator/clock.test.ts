import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import { createClock } from './clock.ts';

const HOUR_MS = 3_600_000;

test('fast time jumps to the next timer, in the order in which they are due', async (t) => {
  const clock = clockOf(t, 'fast');
  const startMs = clock.now();
  const ran: string[] = [];

  clock.after(2 * HOUR_MS, () => ran.push('later'));
  clock.after(HOUR_MS, () => ran.push('sooner'));
  await clock.sleep(3 * HOUR_MS);

  assert.deepEqual(ran, ['sooner', 'later']);
  assert.ok(clock.now() - startMs >= 3 * HOUR_MS);
});

test('real time does not jump', async (t) => {
  const clock = clockOf(t, 'real');
  let ran = false;
  clock.after(HOUR_MS, () => (ran = true));

  await clock.sleep(20);

  assert.equal(ran, false);
  assert.ok(Math.abs(clock.now() - Date.now()) < 1_000);
});

test('a background timer runs when it is due, and time does not jump for it', async (t) => {
  const clock = clockOf(t, 'fast');
  let ticks = 0;
  clock.after(HOUR_MS, () => (ticks += 1), { background: true });

  await pause(30);
  assert.equal(ticks, 0);

  await clock.sleep(2 * HOUR_MS);
  assert.equal(ticks, 1);
});

test('fast time stands still while anything is busy, and each is done only once', async (t) => {
  const clock = clockOf(t, 'fast');
  const [one, other] = [clock.busy(), clock.busy()];
  let ran = false;
  clock.after(HOUR_MS, () => (ran = true));

  one();
  one();
  await pause(30);
  assert.equal(ran, false);

  other();
  await clock.sleep(HOUR_MS);
  assert.equal(ran, true);
});

test('advancing runs what falls due, in order of time and then of insertion, each at its own time', (t) => {
  const clock = clockOf(t, 'real');
  const startMs = clock.now();
  const ran: [string, number][] = [];
  const note = (name: string) => () => void ran.push([name, Math.round((clock.now() - startMs) / HOUR_MS)]);
  clock.advance(0);
  clock.after(2 * HOUR_MS, note('second'));
  clock.after(HOUR_MS, () => {
    note('first')();
    clock.after(2 * HOUR_MS, note('third, set meanwhile'));
  });
  clock.after(9 * HOUR_MS, note('never'));
  const cancel = clock.after(HOUR_MS, note('cancelled'));
  cancel();
  cancel();

  clock.advance(4 * HOUR_MS);

  assert.deepEqual(ran, [
    ['first', 1],
    ['second', 2],
    ['third, set meanwhile', 3],
  ]);
});

test('a leap runs what fell due meanwhile, a schedule once and not for each of its ticks', async (t) => {
  const clock = clockOf(t, 'real');
  const startMs = clock.now();
  let ticks = 0;
  const tick = () => {
    ticks += 1;
    clock.after(60_000, tick, { background: true });
  };
  clock.after(60_000, tick, { background: true });
  const due = clock.sleep(2 * HOUR_MS);

  clock.leapTo(startMs + 24 * HOUR_MS);
  await due;

  assert.equal(ticks, 1);
  assert.ok(clock.now() >= startMs + 24 * HOUR_MS);
});

test('time does not leap back', (t) => {
  const clock = clockOf(t, 'fast');

  assert.throws(() => clock.leapTo(clock.now() - HOUR_MS), RangeError);
  assert.throws(() => clock.leapTo(Number.NaN), RangeError);
});

test('a delay that is not a finite number is refused, and time goes on', async (t) => {
  const clock = clockOf(t, 'fast');

  for (const bad of [Number.NaN, Infinity]) {
    assert.throws(() => clock.after(bad, () => undefined), RangeError);
    await assert.rejects(clock.sleep(bad), RangeError);
    assert.throws(() => clock.advance(bad), RangeError);
  }
  await clock.sleep(HOUR_MS);

  assert.ok(Number.isFinite(clock.now()));
});

test('a timer that throws does not keep those behind it from running', (t) => {
  const clock = clockOf(t, 'real');
  let ran = false;
  clock.after(1_000, () => {
    throw new Error('a mistake');
  });
  clock.after(2_000, () => (ran = true));

  assert.throws(() => clock.advance(3_000), /a mistake/);
  clock.advance(3_000);

  assert.equal(ran, true);
});

test('thousands of timers are cheap to set, to cancel and to run', (t) => {
  const clock = clockOf(t, 'real');
  const before = process.threadCpuUsage();
  let ran = 0;
  for (let count = 0; count < 6_000; count += 1) {
    const cancel = clock.after(((count * 7_919) % 6_000) * 1_000, () => (ran += 1));
    if (count % 2 === 0) cancel();
  }

  clock.advance(6_000_000);

  assert.equal(ran, 3_000);
  // CPU time: the machine may do other work at the same time.
  assert.ok(process.threadCpuUsage(before).user < 1_000_000);
});

test('a stopped clock runs no more timers', async (t) => {
  const clock = clockOf(t, 'fast');
  let ran = false;
  clock.after(0, () => (ran = true));

  clock.stop();
  await pause(20);

  assert.equal(ran, false);
});

function clockOf(t: TestContext, mode: 'real' | 'fast') {
  const clock = createClock(mode);
  t.after(clock.stop);
  return clock;
}
