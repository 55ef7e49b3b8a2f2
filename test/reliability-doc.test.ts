import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const page = readFileSync('docs/reliability.md', 'utf8');
/** The page on one line: a sentence may go on in the next line. */
const flat = onOneLine(page);

/** In the page: `path.test.ts`: "sentence", "sentence" */
const quoted = [...flat.matchAll(/`([\w./-]+\.test\.ts)`: ("[^"]+"(?:, "[^"]+")*)/g)].flatMap(
  ([, file = '', sentences = '']) =>
    [...sentences.matchAll(/"([^"]+)"/g)].map(([, sentence = '']) => ({ file, sentence })),
);

test('every file that the page on reliability names exists', () => {
  const files = [...flat.matchAll(/[` ]([\w.-]+(?:\/[\w.-]+)+\.ts)\b/g)].map(([, file = '']) => file);

  assert.ok(files.length > 150, String(files.length));
  assert.deepEqual(
    files.filter((file) => !existsSync(file)),
    [],
  );
});

test('every test that the page on reliability quotes is in its file', () => {
  assert.ok(quoted.length > 150, String(quoted.length));
  assert.deepEqual(
    quoted.filter(({ file, sentence }) => !hasTest(readFileSync(file, 'utf8'), sentence)),
    [],
  );
});

test('every case of what happens when says what follows, and names a test', () => {
  const cases = itemsOf('What happens when', 3);

  assert.ok(cases.length >= 29, String(cases.length));
  for (const item of cases) assert.match(item, new RegExp(`^.+? - \\*\\*Then:\\*\\* [^*]+ ${SHOWN}$`));
});

test('every need of the users says where this system stands, and what is not missing names a test', () => {
  const needs = itemsOf('What users of such systems suffer from', 4);

  assert.equal(needs.length, 49);
  for (const item of needs) {
    const [, stands = ''] =
      /^.+? - \*\*Here:\*\* ([^*]+?) - \*\*How:\*\* [^*]+ - \*\*Shown by:\*\*/.exec(item) ?? [];
    assert.match(stands, /^(impossible|handled|alarmed|not yet|out of scope)$/, item);
    if (/^(impossible|handled|alarmed)$/.test(stands)) assert.match(item, new RegExp(`${SHOWN}$`));
  }
});

test('every problem that was reported says what happens here, and names a test or says that there is none', () => {
  const reported = itemsOf('What was reported in public', 3);

  assert.ok(reported.length >= 16, String(reported.length));
  for (const item of reported) {
    const said = '- \\*\\*Seen there:\\*\\* [^*]+ - \\*\\*Here:\\*\\* [^*]+';
    assert.match(item, new RegExp(`^.+? ${said} (?:${SHOWN}|- \\*\\*Shown by:\\*\\* \\(no test\\))$`));
  }
});

/** The line of an item that names files, each with one or several tests. */
const SHOWN = '- \\*\\*Shown by:\\*\\*(?: - `[^`]+\\.test\\.ts`: "[^"]+"(?:, "[^"]+")*)+';

/** A title with placeholders matches a sentence if the texts in their places are in the file too. */
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

/** What stands below each heading of this level in a section, with the heading, on one line each. */
function itemsOf(section: string, level: 3 | 4): readonly string[] {
  const [, text = ''] = page.split(`\n## ${section}\n`);
  const [own = ''] = text.split('\n## ');
  return own
    .split(/^(?=#{3,4} )/m)
    .filter((item) => item.startsWith(`${'#'.repeat(level)} `))
    .map(onOneLine);
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
