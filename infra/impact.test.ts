import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ALARMS } from './every-alarm.ts';

test('every alarm has a heading in docs/operations.md, and no heading is for an alarm that is gone', () => {
  const headings = [...readFileSync('docs/operations.md', 'utf8').matchAll(/^## (.+)$/gm)].map(
    ([, title]) => title,
  );

  assert.deepEqual(new Set(headings), new Set(ALARMS.keys()));
});
