import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenBuckets } from './token-bucket.ts';

test('a burst passes, then the steady rate', () => {
  let nowMs = 0;
  const take = tokenBuckets({ clock: { now: () => nowMs }, perSecond: 2, burst: 5 });

  const burst = Array.from({ length: 6 }, () => take('DescribeQueue'));
  nowMs = 500;
  const later = [take('DescribeQueue'), take('DescribeQueue')];

  assert.deepEqual(burst, [true, true, true, true, true, false]);
  assert.deepEqual(later, [true, false]);
});

test('each key has a bucket of its own', () => {
  const take = tokenBuckets({ clock: { now: () => 0 }, perSecond: 1, burst: 1 });

  assert.deepEqual([take('a'), take('b'), take('a')], [true, true, false]);
});
