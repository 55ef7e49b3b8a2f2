import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRange } from './range.ts';

for (const [header, sizeBytes, range] of [
  ['bytes=0-3', 10, { first: 0, last: 3 }],
  ['bytes=4-', 10, { first: 4, last: 9 }],
  ['bytes=-3', 10, { first: 7, last: 9 }],
  ['bytes=-30', 10, { first: 0, last: 9 }],
  ['bytes=4-400', 10, { first: 4, last: 9 }],
  ['bytes=9-9', 10, { first: 9, last: 9 }],
  ['bytes=0-1,4-5', 10, undefined],
  ['bytes=5-4', 10, undefined],
  ['bytes=-', 10, undefined],
  ['seconds=1-2', 10, undefined],
  [undefined, 10, undefined],
] as const) {
  test(`${header} of ${sizeBytes} bytes is ${JSON.stringify(range) ?? 'all of them'}`, () => {
    assert.deepEqual(parseRange(header, sizeBytes), range);
  });
}

for (const [header, sizeBytes] of [
  ['bytes=10-', 10],
  ['bytes=10-20', 10],
  ['bytes=-0', 10],
  ['bytes=0-', 0],
] as const) {
  test(`${header} of ${sizeBytes} bytes cannot be satisfied`, () => {
    assert.throws(() => parseRange(header, sizeBytes), { code: 'InvalidRange', status: 416 });
  });
}
