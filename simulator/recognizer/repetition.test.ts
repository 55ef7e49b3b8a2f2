import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repeatedAtEnd } from './repetition.ts';

test('a phrase that comes three times in a row is a fault of the model', () => {
  const phrase = [11, 12, 13, 14, 15];

  assert.equal(repeatedAtEnd([1, 2, ...phrase, ...phrase, ...phrase]), 10);
});

test('a phrase that a caller says twice is kept', () => {
  const phrase = [11, 12, 13, 14, 15];

  assert.equal(repeatedAtEnd([1, 2, ...phrase, ...phrase]), 0);
});

test('a number with many equal digits is kept, an endless one is not', () => {
  assert.equal(repeatedAtEnd([1, ...Array.from({ length: 8 }, () => 5)]), 0);
  assert.equal(repeatedAtEnd([1, ...Array.from({ length: 9 }, () => 5)]), 8);
});
