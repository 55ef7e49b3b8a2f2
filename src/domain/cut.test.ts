import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut } from './cut.ts';

test('a long text ends at a word', () => {
  assert.equal(cut('one two three', 13), 'one two three');
  assert.equal(cut('one two three', 12), 'one two…');
  assert.equal(cut('x'.repeat(20), 10), `${'x'.repeat(9)}…`);
});

test('no character is cut in half', () => {
  assert.equal(cut('😀😀😀', 4), '😀…');
});
