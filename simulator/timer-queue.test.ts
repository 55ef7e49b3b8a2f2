import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createTimerQueue, type Timer } from './timer-queue.ts';

test('timers come in the order of their times, then of insertion, without those removed', () => {
  const timers = fc.array(fc.record({ dueMs: fc.nat(9), isRemoved: fc.boolean(), background: fc.boolean() }));
  fc.assert(
    fc.property(timers, (wanted) => {
      const queue = createTimerQueue();
      const all = wanted.map(({ dueMs, background, isRemoved }) => {
        const timer: Timer = { dueMs, background, run: () => undefined };
        queue.add(timer);
        return { timer, isRemoved };
      });
      for (const { timer, isRemoved } of all) if (isRemoved) queue.remove(timer);
      const kept = all.filter(({ isRemoved }) => !isRemoved).map(({ timer }) => timer);

      const taken: Timer[] = [];
      for (let first = queue.first(); first; first = queue.first()) {
        const left = kept.filter((timer) => !taken.includes(timer));
        assert.equal(
          queue.foregroundCount() > 0,
          left.some(({ background }) => !background),
        );
        queue.remove(first);
        taken.push(first);
      }

      assert.ok(taken.every((timer, index) => timer === kept.toSorted((a, b) => a.dueMs - b.dueMs)[index]));
      assert.equal(taken.length, kept.length);
    }),
  );
});

test('removing twice counts once', () => {
  const queue = createTimerQueue();
  const [one, other] = [0, 1].map((dueMs): Timer => ({ dueMs, background: false, run: () => undefined }));
  assert.ok(one && other);
  queue.add(one);
  queue.add(other);

  queue.remove(one);
  queue.remove(one);

  assert.equal(queue.foregroundCount() > 0, true);
  assert.equal(queue.first(), other);
});
