import assert from 'node:assert/strict';
import { test } from 'node:test';
import { A_LAW, MU_LAW } from './g711.ts';

/** Code word, sample. From the tables of the recommendation: ends, steps between segments, and zero. */
const MU_LAW_SAMPLES = {
  0xff: 0,
  0xfe: 8,
  0xf0: 120,
  0xef: 132,
  0xe0: 372,
  0x80: 32_124,
  0x7e: -8,
  0x00: -32_124,
};
const A_LAW_SAMPLES = { 0xd5: 8, 0xd4: 24, 0xda: 248, 0xc5: 264, 0xaa: 32_256, 0x55: -8, 0x2a: -32_256 };

test('mu-law code words mean what the recommendation says', () => {
  for (const [code, sample] of Object.entries(MU_LAW_SAMPLES))
    assert.equal(MU_LAW[Number(code)], sample, code);
});

test('A-law code words mean what the recommendation says', () => {
  for (const [code, sample] of Object.entries(A_LAW_SAMPLES)) assert.equal(A_LAW[Number(code)], sample, code);
});

test('the sign bit changes the sign and nothing else', () => {
  for (const table of [MU_LAW, A_LAW])
    for (let code = 0; code < 128; code++)
      assert.equal((table[code] ?? NaN) + (table[code | 0x80] ?? NaN), 0);
});
