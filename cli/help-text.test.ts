import assert from 'node:assert/strict';
import { test } from 'node:test';
import { helpText } from './help-text.ts';

const USAGE = `vmx greet NAME [--loud] [--in LANGUAGE] [--times NUMBER] [options]
vmx greet --all

Says hello to somebody, in one of the languages
that it knows.

  --loud         so that the whole office
                 hears it
  --a-very-long-option NAME
                 explained below it
  vmx greet Ada --in a-language-that-makes-this-example-longer-than-the-terminal

Exit code: 0 done.`;

test('a usage text fits the terminal: paragraphs are filled, and rows hang below their words', () => {
  assert.equal(
    helpText(USAGE, 48),
    `vmx greet NAME [--loud] [--in LANGUAGE]
      [--times NUMBER] [options]
vmx greet --all

Says hello to somebody, in one of the languages
that it knows.

  --loud         so that the whole office hears
                 it
  --a-very-long-option NAME
                 explained below it
  vmx greet Ada --in a-language-that-makes-this-example-longer-than-the-terminal

Exit code: 0 done.`,
  );
});

test('in a narrow terminal, words stand below what they explain', () => {
  assert.match(helpText(USAGE, 34), /\n {2}--loud\n {6}so that the whole office\n {6}hears it\n/);
});
