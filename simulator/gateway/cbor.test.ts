import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromCbor, toCbor } from './cbor.ts';

/** Source: RFC 8949, appendix A. */
const EXAMPLES: readonly [string, unknown][] = [
  ['00', 0],
  ['17', 23],
  ['1818', 24],
  ['1903e8', 1000],
  ['1b000000e8d4a51000', 1_000_000_000_000],
  ['3903e7', -1000],
  ['fb3ff199999999999a', 1.1],
  ['f93e00', 1.5],
  ['fa47c35000', 100_000],
  ['f4', false],
  ['6449455446', 'IETF'],
  ['83010203', [1, 2, 3]],
  ['a26161016162820203', { a: 1, b: [2, 3] }],
  ['c11a514b67b0', 1_363_896_240],
  ['9f018202039f0405ffff', [1, [2, 3], [4, 5]]],
  ['bf61610161629f0203ffff', { a: 1, b: [2, 3] }],
  ['7f657374726561646d696e67ff', 'streaming'],
];

for (const [hex, value] of EXAMPLES) {
  test(`the bytes ${hex} are ${JSON.stringify(value)}`, () => {
    assert.deepEqual(fromCbor(Buffer.from(hex, 'hex')), value);
  });
}

test('what is written is read again, a time as its seconds, and undefined is left out', () => {
  const value = { text: 'ü', n: -70_000, half: 0.5, yes: true, list: [{}, [], 255, 65_536], gone: undefined };

  const read = fromCbor(toCbor({ ...value, at: new Date(1500) }));

  const { gone: _gone, ...rest } = value;
  assert.deepEqual(read, { ...rest, at: 1.5 });
});

for (const hex of ['', '18', '61', '8201', 'a161', '9f01', 'ff', '0000', '5f', '9bffffffffffffffff']) {
  test(`the bytes ${hex || '(none)'} are refused`, () => {
    assert.throws(() => fromCbor(Buffer.from(hex, 'hex')), { code: 'SerializationException' });
  });
}
