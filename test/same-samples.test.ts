import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertSameSamples } from './same-samples.ts';

test('the same samples pass, and so do none', () => {
  assertSameSamples(Int16Array.of(1, -2), Int16Array.of(1, -2));
  assertSameSamples(new Int16Array(), new Int16Array());
  assertSameSamples(Buffer.from('ab'), Buffer.from('ab'));
});

test('unequal samples fail with their number, and with the first of them', () => {
  const expected = Int16Array.of(1, 2, 3, 4, 5, 6, 7);

  assert.throws(() => assertSameSamples(Int16Array.of(1, 2, 0, 4, 0, 6, 7), expected), {
    name: 'AssertionError',
    message: 'not the same samples: 2 differ, from 2 to 4: [0, 4, 0, 6] instead of [3, 4, 5, 6]',
  });
});

test('too few and too many samples fail with both lengths', () => {
  const [two, three] = [Int16Array.of(1, 2), Int16Array.of(1, 2, 3)];

  assert.throws(() => assertSameSamples(two, three), { message: 'not the same samples: 2 instead of 3' });
  assert.throws(() => assertSameSamples(three, two), { message: 'not the same samples: 3 instead of 2' });
  assert.throws(() => assertSameSamples(two, new Int16Array(3)), {
    message: 'not the same samples: 2 instead of 3; 2 differ, from 0 to 1: [1, 2] instead of [0, 0, 0]',
  });
});

test('the message of a whole recording that is unequal is short', () => {
  const expected = new Int16Array(30 * 8000);

  assert.throws(
    () => assertSameSamples(expected.toReversed().fill(1), expected),
    ({ message }: Error) => message.length < 200,
  );
});
