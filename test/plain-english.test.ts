import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

/** Phrases that a reader has to read twice, and what to write instead. */
const PHRASES: ReadonlyMap<RegExp, string> = new Map([
  [/manieth/i, 'the nth call'],
  [/\blest\b/i, 'so that … not'],
  [/\bwhich is so\b/i, 'which happens'],
  [/\bfor ever\b/i, 'never ends; forever'],
  [/\banew\b/i, 'again; from the start'],
  [/\b(?:is|are|was|were) told of\b/i, 'gets; is called with'],
  [/\btells of\b/i, 'reports; describes'],
  [/\bnothing comes\b/i, 'nothing happens; returns nothing'],
  [/\b(?:is|are|be) had\b/i, 'is available; is missing'],
  [/\bto be had\b/i, 'available'],
  [/\bit is looked\b/i, 'checks'],
  [/\bwhence\b|\bwherein\b|\bthereof\b/i, 'so; in which; of it'],
]);

/** For documents only: code has more of these than can be mended at once. */
const PHRASES_OF_DOCUMENTS: ReadonlyMap<RegExp, string> = new Map([
  ...PHRASES,
  [/\bwhoever\b/i, 'a person who; everybody who'],
  [/\bmisspelt\b(?!-attribute)/i, 'misspelled'],
  [/\ball the same\b/i, 'still'],
  [/\bminds\b|\bminded\b/i, 'watches; reads'],
]);

test('the documents say it in words that are understood at first reading', () => {
  const documents = globSync(['README.md', 'SECURITY.md', 'docs/**/*.md', 'samples/**/*.md']);
  const texts = documents.map((file) => ({ file, text: withoutTestNames(readFileSync(file, 'utf8')) }));

  assert.ok(texts.length > 15, String(texts.length));
  assert.deepEqual(found(texts, PHRASES_OF_DOCUMENTS), []);
});

test('comments, messages and alarms say it in words that are understood at first reading', () => {
  const sources = globSync('{src,flows,infra,simulator,cli,laptop,scripts,bench}/**/*.ts').filter(
    (file) => !file.endsWith('.test.ts'),
  );
  const texts = ['voicemail.config.ts', ...sources].map((file) => ({
    file,
    text: readFileSync(file, 'utf8'),
  }));

  assert.ok(texts.length > 400, String(texts.length));
  assert.deepEqual(found(texts, PHRASES), []);
});

test('a phrase is found at the end of a line too, and in any case', () => {
  const text = 'A clock that would wait for\n * ever. Whoever reads this:\n // it is\n // looked at.';

  assert.deepEqual(found([{ file: 'x.ts', text }], PHRASES_OF_DOCUMENTS), [
    'x.ts: "for ever": write never ends; forever',
    'x.ts: "it is looked": write checks',
    'x.ts: "Whoever": write a person who; everybody who',
  ]);
});

type Text = { readonly file: string; readonly text: string };

/** Lines are joined first, without the signs of a comment at their beginning. */
function found(texts: readonly Text[], phrases: ReadonlyMap<RegExp, string>): readonly string[] {
  return texts.flatMap(({ file, text }) => {
    const flat = text.replace(/\s*\n[ \t]*(?:\*(?!\/)|\/\/)?[ \t]*/g, ' ');
    return [...phrases].flatMap(([phrase, instead]) =>
      [...flat.matchAll(new RegExp(phrase, 'gi'))].map(([words]) => `${file}: "${words}": write ${instead}`),
    );
  });
}

/** The names of tests are quoted as they are: `file.test.ts`: "name", "name", and in lines "Shown by". */
function withoutTestNames(markdown: string): string {
  return markdown
    .replace(/`[\w./-]+\.test\.ts`: "[^"]+"(?:,\s+"[^"]+")*/g, '')
    .replace(/\*\*Shown by:\*\*\s+"[^"]+"(?:,\s+"[^"]+")*/g, '');
}
