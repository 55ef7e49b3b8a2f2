import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ALLOWED, settingAt } from './allowed.ts';
import { CONNECT_REGIONS } from '../regions/region-table.ts';

/** Each section's page; the others are in `docs/settings.md`. */
const PAGES: readonly (readonly [section: string, page: string])[] = [
  ['email.', 'docs/delivery-email.md'],
  ['flows.', 'docs/flows.md'],
];

test('every setting is in the documents, and every Region of Amazon Connect', () => {
  const single = Object.keys(ALLOWED).filter(
    (name) => !Object.keys(ALLOWED).some((other) => other.startsWith(`${name}.`)),
  );
  const missing = single.filter((name) => {
    const [section, page] = PAGES.find(([start]) => name.startsWith(start)) ?? ['', 'docs/settings.md'];
    return !readFileSync(page, 'utf8').includes(`\`${name.slice(section.length)}\``);
  });
  const settings = readFileSync('docs/settings.md', 'utf8');

  assert.deepEqual(missing, []);
  assert.deepEqual(
    CONNECT_REGIONS.filter((region) => !settings.includes(region)),
    [],
  );
});

test('a value deep in a setting is about the nearest setting that has words', () => {
  assert.equal(settingAt(['alarmEmails', 2]), 'alarmEmails');
  assert.equal(settingAt(['flows', 'texts', 'en-US', 'greeting']), 'flows.texts');
  assert.equal(settingAt([]), undefined);
});
