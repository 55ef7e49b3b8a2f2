import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ALARMS } from './every-alarm.ts';

test('whoever an alarm wakes finds it in docs/operations.md, and nothing there is of an alarm that is gone', () => {
  const headings = [...readFileSync('docs/operations.md', 'utf8').matchAll(/^## (.+)$/gm)].map(
    ([, title]) => title,
  );

  assert.deepEqual(new Set(headings), new Set(ALARMS.keys()));
});
