import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ALARMS } from './every-alarm.ts';

test('every alarm has a heading in docs/operations.md, and no heading is for an alarm that is gone', () => {
  const headings = [...readFileSync('docs/operations.md', 'utf8').matchAll(/^## (.+)$/gm)].map(
    ([, title]) => title,
  );

  assert.deepEqual(new Set(headings), new Set([...ALARMS.essential.keys(), ...ALARMS.full.keys()]));
});

test('docs/operations.md says of each alarm whether all stacks have it', () => {
  const sections = readFileSync('docs/operations.md', 'utf8').split(/^## /m).slice(1);
  const saying = (words: string) =>
    sections
      .filter((section) => section.includes(words))
      .map((section) => section.slice(0, section.indexOf('\n')));
  const { essential, full } = ALARMS;
  const [ofEssential, ofFull] = [new Set(essential.keys()), new Set(full.keys())];

  assert.deepEqual(new Set(saying('Full monitoring only.')), ofFull.difference(ofEssential));
  assert.deepEqual(new Set(saying('Essential monitoring only.')), ofEssential.difference(ofFull));
});
