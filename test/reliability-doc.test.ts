import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const page = readFileSync('docs/reliability.md', 'utf8');

/** In the page: `path.test.ts`: "sentence", "sentence" */
const quoted = [...page.matchAll(/`([\w./-]+\.test\.ts)`: ("[^"]+"(?:, "[^"]+")*)/g)].flatMap(
  ([, file = '', sentences = '']) =>
    [...sentences.matchAll(/"([^"]+)"/g)].map(([, sentence = '']) => ({ file, sentence })),
);

test('every file that the page on reliability names exists', () => {
  const files = [...page.matchAll(/[` ]([\w.-]+(?:\/[\w.-]+)+\.ts)\b/g)].map(([, file = '']) => file);

  assert.ok(files.length > 20);
  assert.deepEqual(
    files.filter((file) => !existsSync(file)),
    [],
  );
});

test('every test that the page on reliability quotes is in its file', () => {
  assert.ok(quoted.length > 20);
  assert.deepEqual(
    quoted.filter(({ file, sentence }) => !hasTest(readFileSync(file, 'utf8'), sentence)),
    [],
  );
});

test('every row of what happens when names a test', () => {
  const rows = rowsOf('What happens when');

  assert.ok(rows.length >= 12);
  for (const row of rows) assert.match(row, SHOWN);
});

test('every row of what users suffer from says where this system stands, and what is not missing names a test', () => {
  const rows = rowsOf('What users of such systems suffer from');

  assert.equal(rows.length, 49);
  for (const row of rows) {
    const [, stands = ''] = /^\| [^|]+ \| ([^|]+) \| [^|]+ \| [^|]+ \|$/.exec(row) ?? [];
    assert.match(stands, /^(impossible|handled|alarmed|not yet|out of scope)$/, row);
    if (/^(impossible|handled|alarmed)$/.test(stands)) assert.match(row, SHOWN);
  }
});

const SHOWN = /`: "/;

/** A title that loops fill in is the sentence if what they fill it with is in the file too. */
function hasTest(source: string, sentence: string): boolean {
  const titles = [...source.matchAll(/\btest\(\s*(['`])(.+?)\1,/g)].map(([, , title = '']) => title);
  return titles.some((title) => {
    const pattern = title
      .split(/\$\{.*?\}/)
      .map((part) => RegExp.escape(part))
      .join('(.+)');
    const fillings = new RegExp(`^${pattern}$`).exec(sentence)?.slice(1);
    return fillings?.every((filling) => source.includes(filling));
  });
}

/** The rows of a section's tables, without their heads. */
function rowsOf(section: string): readonly string[] {
  const [, text = ''] = page.split(`\n## ${section}\n`);
  const [own = ''] = text.split('\n## ');
  return own.match(/^\| (?!---).*\|$(?!\n\| ---)/gm) ?? [];
}
