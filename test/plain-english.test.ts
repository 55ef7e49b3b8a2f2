import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

/** Phrases that a reader has to read twice, and what to write instead. */
const PHRASES: ReadonlyMap<RegExp, string> = new Map([
  [/manieth/i, 'the nth call'],
  [/\blest\b/i, 'so that … not'],
  [/\bwhich is so\b/i, 'which happens'],
  [/\bfor ever\b/i, 'never ends; forever'],
  [/\bfor good\b/i, 'permanently'],
  [/\bin vain\b/i, 'without success'],
  [/\banew\b/i, 'again; from the start'],
  [/\b(?:is|are|was|were) told of\b/i, 'gets; is called with'],
  [/\btells of\b/i, 'reports; describes'],
  [/\btold apart\b/i, 'distinguished'],
  [/\bunless told otherwise\b/i, 'by default'],
  [/\bnothing comes\b/i, 'nothing happens; returns nothing'],
  [/\bcomes? to nothing\b/i, 'is empty; has no effect'],
  [/\bwhat bec(?:ame|omes) of\b/i, 'what happened to; the result of'],
  [/\b(?:is|are|be) had\b/i, 'is available; is missing'],
  [/\bto be had\b/i, 'available'],
  [/\bit is looked\b/i, 'checks'],
  [/\blet be\b/i, 'accepted; left alone'],
  [/\bwhence\b|\bwherein\b|\bthereof\b/i, 'so; in which; of it'],
  [/\bwhoever\b/i, 'a person who; everybody who'],
  [/\bmisspelt\b(?!-attribute)/i, 'misspelled'],
  [/\ball the same\b/i, 'still'],
  [/\bminds\b|\bminded\b/i, 'watches; reads'],
  [/\bwhat is (?:no|none)\b/i, 'a text that is not; if it is not'],
  [/\b(?:is|are) as good as (?:none|absent)\b/i, 'counts as absent'],
  [/\bno reason for fast time\b/i, 'fast time does not jump for it'],
]);

/** For code only: the words stand in its comments, messages and names of tests. */
const PHRASES_OF_CODE: ReadonlyMap<RegExp, string> = new Map([
  ...PHRASES,
  [/\b(?:is|are|was|were|be|been) told\b/i, 'gets; is reported; is notified'],
  [/(?:^|[.:*] )Told (?:of|once|how|what|the|with)\b/, 'Called with; called for'],
  [/(?:^|[.:*] )Answers (?:an?|how|what|whether|false|its?|the)\b/, 'Returns'],
  [/(?:^|[.:*] )Not here:/, 'Not simulated'],
  [/\bthat there (?:is|are) not\b/i, 'unknown; missing'],
  [/\bthrows \w+ where\b/i, 'throws … if'],
  [/\bundefined where\b/i, 'undefined if'],
  [/\babsent where\b/i, 'absent if'],
  [/\blooked into\b/i, 'read; parsed'],
]);

test('the documents say it in words that are understood at first reading', () => {
  const texts = textsOf(['*.md', 'docs/**/*.md', 'samples/**/*.md']);

  assert.ok(texts.length > 17, String(texts.length));
  assert.deepEqual(found(texts, PHRASES), []);
});

test('comments, messages and names of tests say it in words that are understood at first reading', () => {
  const texts = textsOf([
    'voicemail.config.ts',
    '{src,flows,infra,simulator,cli,laptop,test,scripts,bench}/**/*.{ts,mjs}',
  ]).filter(({ file }) => file !== 'test/plain-english.test.ts');

  assert.ok(texts.length > 900, String(texts.length));
  assert.deepEqual(found(texts, PHRASES_OF_CODE), []);
});

test('a phrase is found at the end of a line too, and in any case', () => {
  const text = 'A clock that would wait for\n * ever. Whoever reads this:\n // it is\n // looked at.';

  assert.deepEqual(found([{ file: 'x.ts', text }], PHRASES), [
    'x.ts: "for ever": write never ends; forever',
    'x.ts: "it is looked": write checks',
    'x.ts: "Whoever": write a person who; everybody who',
  ]);
});

test('a comment that begins with an old word is found', () => {
  const text = 'const a = 1;\n/** Answers whether it is there; undefined where\n * it is not. Is told so. */';

  assert.deepEqual(found([{ file: 'x.ts', text }], PHRASES_OF_CODE), [
    'x.ts: "Is told": write gets; is reported; is notified',
    'x.ts: "* Answers whether": write Returns',
    'x.ts: "undefined where": write undefined if',
  ]);
});

type Text = { readonly file: string; readonly text: string };

function textsOf(patterns: readonly string[]): readonly Text[] {
  return globSync(patterns).map((file) => ({ file, text: withoutTestNames(readFileSync(file, 'utf8')) }));
}

/** Lines are joined first, without the signs of a comment at their beginning. */
function found(texts: readonly Text[], phrases: ReadonlyMap<RegExp, string>): readonly string[] {
  return texts.flatMap(({ file, text }) => {
    const flat = text.replace(/\s*\n[ \t]*(?:\*(?!\/)|\/\/)?[ \t]*/g, ' ');
    return [...phrases].flatMap(([phrase, instead]) =>
      [...flat.matchAll(new RegExp(phrase, phrase.flags + 'g'))].map(
        ([words]) => `${file}: "${words}": write ${instead}`,
      ),
    );
  });
}

/** The names of tests are quoted as they are: `file.test.ts`: "name", "name", and in lines "Shown by". */
function withoutTestNames(markdown: string): string {
  return markdown
    .replace(/`[\w./-]+\.test\.ts`: "[^"]+"(?:,\s+"[^"]+")*/g, '')
    .replace(/\*\*Shown by:\*\*\s+"[^"]+"(?:,\s+"[^"]+")*/g, '');
}
