import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonText, table } from './terminal-text.ts';

test('a cell cannot clear the screen, or look like another row', () => {
  const text = table([
    ['CONTACT', 'NOTES'],
    ['c-1', 'no\u001B[2J\nc-2      delivered\u202E'],
  ]);

  assert.equal(text, 'CONTACT  NOTES\nc-1      no [2J c-2      delivered');
});

test('JSON in a terminal has escapes for what would act on it, and is the same value', () => {
  const value = { notes: ['a\u001B[2J\u009B2J\u202E\nb'] };

  const text = jsonText(value);

  assert.doesNotMatch(text, /[^\P{Cc}\n]|\u202E/u);
  assert.deepEqual(JSON.parse(text), value);
});
