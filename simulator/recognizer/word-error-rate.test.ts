import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordErrorRate } from './word-error-rate.ts';

test('a transcript that differs in case, punctuation and the writing of numbers is perfect', () => {
  assert.equal(wordErrorRate('Call 555-0142, please.', 'call five five five oh one four two please'), 0);
});

test('words put in, left out and mistaken count alike', () => {
  assert.equal(wordErrorRate('please call me back', 'please call me right back'), 1 / 4);
  assert.equal(wordErrorRate('please call me back', 'please call back'), 1 / 4);
  assert.equal(wordErrorRate('please call me back', 'please fall me back'), 1 / 4);
});

test('an empty transcript has every word wrong', () => {
  assert.equal(wordErrorRate('please call me back', ''), 1);
});
