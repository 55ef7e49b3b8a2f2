import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStartOptions } from './start-options.ts';

test('a share of failing calls and a seed make a plan', () => {
  const options = parseStartOptions(['--faults', '0.2', '--seed', '7']);

  assert.ok(options !== 'help');
  assert.partialDeepStrictEqual(options.faults, { seed: 7, failing: 0.2 });
});

test('without a share there are no faults', () => {
  assert.deepEqual(parseStartOptions(['--seed', '7']), { once: false });
});

test('an invalid share and an invalid seed are refused', () => {
  for (const faults of ['2', '-1', 'some', '']) {
    assert.throws(() => parseStartOptions([`--faults=${faults}`]), /no number from 0 to 1/);
  }
  assert.throws(() => parseStartOptions(['--faults', '0.1', '--seed', 'x']), /no whole number/);
});
