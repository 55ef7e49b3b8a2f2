import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alignTokens } from './align-tokens.ts';

const FRAMES = 60;

test('each token lasts as long as a head attended to its sound', () => {
  const attention = [lookingAt(0, 19), lookingAt(20, 29), lookingAt(30, 59)].map((row) => [row]);

  assert.deepEqual(alignTokens(attention, FRAMES), [
    { first: 0, last: 19 },
    { first: 20, last: 29 },
    { first: 30, last: 59 },
  ]);
});

test('a glance elsewhere does not move a token', () => {
  const glancing = lookingAt(20, 29);
  glancing[50] = 1;
  const attention = [lookingAt(0, 19), glancing, lookingAt(30, 59)].map((row) => [row]);

  assert.deepEqual(alignTokens(attention, FRAMES)[1], { first: 20, last: 29 });
});

test('two heads are heard together', () => {
  const blind = new Float32Array(FRAMES).fill(1 / FRAMES);
  const attention = [lookingAt(0, 29), lookingAt(30, 59)].map((row) => [row, blind]);

  assert.deepEqual(alignTokens(attention, FRAMES), [
    { first: 0, last: 29 },
    { first: 30, last: 59 },
  ]);
});

test('no tokens, no times', () => {
  assert.deepEqual(alignTokens([], FRAMES), []);
});

function lookingAt(first: number, last: number): Float32Array {
  return Float32Array.from({ length: FRAMES }, (_, frame) => (frame >= first && frame <= last ? 1 : 0));
}
