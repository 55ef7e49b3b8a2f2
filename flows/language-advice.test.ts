import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { nearestCode, TRANSCRIBE_LANGUAGES, transcribeCodeOf } from '../src/domain/languages.ts';
import { adviceOnLanguage } from './language-advice.ts';

const DOCUMENT = readFileSync(join(import.meta.dirname, '../docs/languages.md'), 'utf8');

test('Transcribe’s own codes and auto need no advice', () => {
  for (const code of [...TRANSCRIBE_LANGUAGES, 'auto']) assert.equal(adviceOnLanguage(code), undefined);
});

test('the advice for a language without its region differs from one whose dialect is certain', () => {
  const unless = /unless flows\.languages or defaultLanguage has another dialect of it$/;
  for (const code of ['es', 'en', 'pt', 'ar', 'de']) assert.match(adviceOnLanguage(code) ?? '', unless);
  for (const code of ['arb', 'nb-NO', 'gsw', 'it', 'es_MX']) {
    assert.doesNotMatch(adviceOnLanguage(code) ?? '', unless);
  }
});

test('a text that names no language gets advice too', () => {
  for (const code of ['und', 'und-US', 'mul', '', '😀']) {
    assert.match(adviceOnLanguage(code) ?? '', /is not a language code of Amazon Transcribe/);
  }
});

test('the document’s table of spoken and heard languages is correct', () => {
  const rows = [
    ...DOCUMENT.matchAll(/^\| [^|]+ \| `([\w-]+)` \| (?:`([\w-]+)`|–) \| (?:nearest: `([\w-]+)`)?/gm),
  ];

  assert.ok(rows.length > 40, String(rows.length));
  for (const [, spoken = '', heard, nearest] of rows) {
    assert.equal(transcribeCodeOf(spoken), heard, spoken);
    if (!heard) assert.equal(nearestCode(spoken), nearest, spoken);
    assert.equal(adviceOnLanguage(spoken) === undefined, heard === spoken, spoken);
  }
});

test('the document has each of Transcribe’s codes', () => {
  assert.deepEqual(
    TRANSCRIBE_LANGUAGES.filter((code) => !DOCUMENT.includes(`\`${code}\``)),
    [],
  );
});
