import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordErrors } from './word-errors.ts';

test('words that are replaced, missing or too many are errors, and case and marks are not', () => {
  for (const [heard, errors] of [
    ['This is a test. Please!', 0],
    ['this is the test please', 1],
    ['this a test', 2],
    ['well this is a test oh please', 2],
    ['', 5],
    ['somebody else with a whole other message', 6],
  ] as const) {
    assert.deepEqual(wordErrors('this is a test, please', heard), { errors, words: 5 }, heard);
  }
});
