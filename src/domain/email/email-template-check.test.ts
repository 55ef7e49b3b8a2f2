import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fillTemplate } from './email-template.ts';
import { checkTemplate } from './email-template-check.ts';
import { defaultTemplate } from './email-templates.ts';
import { PermanentError } from '../errors.ts';

const complaints = (template: string) =>
  checkTemplate(template).problems.map(({ line, column, why }) => `${line}:${column} ${why}`);

const COMPLAINTS: Readonly<Record<string, string>> = {
  'a\n  {{#if b}}{{! {{#each }}\nc': '2:3 the block {{#if}} is not closed: {{/if}} is missing',
  'a\n{{/if}}': '2:1 a block is closed here that was not opened',
  '\n {{#if a}}x{{/each}}': '2:5 {{#if}} is closed by {{/each}}',
  '{{else}}': '1:1 {{else}} stands outside of a block, or for a second time in one',
  '{{}}': '1:3 }} comes too early: a name is missing, or {{{ was opened and needs }}}',
  '{{{a}}': '1:5 }} comes too early: a name is missing, or {{{ was opened and needs }}}',
  '{{!-- x --}} {{a}}}': '1:17 }}} closes what {{ opened: there is one brace too many',
  'Dear {{caller': '1:8 the braces before this are not closed: }} is missing',
  'Dear {{ , {{caller}}': '1:9 the braces before this are not closed: }} is missing',
  '{{a/../b}}': '1:3 Invalid path: a/..',
  '{{customer tier}}':
    '1:1 there is no helper customer. A name with spaces needs brackets: {{attributes.[customer tier]}}',
  '{{#if no}}\n{{upper caller}}{{/if}}':
    '2:1 there is no helper upper. A name with spaces needs brackets: {{attributes.[upper caller]}}',
  '{{#vip}}{{/vip}}':
    '1:1 there is no block {{#vip}}; there are {{#if}}, {{#unless}}, {{#each}} and {{#with}}',
  '{{#toString a}}{{/toString}}':
    '1:1 there is no block {{#toString}}; there are {{#if}}, {{#unless}}, {{#each}} and {{#with}}',
  '{{#if a b}}{{/if}}': '1:1 {{#if}} needs one variable, and nothing else',
  '{{#each a as |b|}}{{/each}}': '1:1 names for what is in a block (as |name|) are not supported',
  '{{#if (eq a 1)}}{{/if}}': '1:1 helpers within parentheses are not supported',
  '{{> p}}': '1:1 there is no part p: {{#*inline "p"}} must come around or before it',
  '{{#*inline "p"}}{{/inline}}{{> p a=1}}': '1:28 a part that is used again takes no parameters',
  '{{#> p}}{{/p}}': '1:1 {{#> …}} is not supported',
  '{{* x}}': '1:1 {{* …}} is not supported',
  '{{#*own "p"}}{{/own}}': '1:1 only {{#*inline "name"}} is supported',
};

for (const [template, complaint] of Object.entries(COMPLAINTS)) {
  test(`${JSON.stringify(template)} is refused with the place and the reason`, () => {
    assert.deepEqual(complaints(template), [complaint]);
  });
}

test('a name with a sign that needs brackets is shown, with what to write instead', () => {
  assert.deepEqual(complaints('a\r\n{{customer!tier}}'), [
    '2:3 "customer!tier" is no name. With other signs than letters, digits, _ and - it needs brackets, as in {{attributes.[customer tier]}}',
  ]);
});

test('all problems are reported at once', () => {
  assert.equal(complaints('{{a b}}\n{{#if x}}{{c d}}{{else}}{{> p}}{{/if}}').length, 3);
});

test('our own templates are valid', () => {
  for (const { html = '', text = '', subject } of [defaultTemplate('agent'), defaultTemplate('queue')]) {
    for (const part of [html, text, subject]) assert.deepEqual(complaints(part), []);
  }
});

test('the variables of the voicemail are found, wherever they are used', () => {
  const template = `{{caller}} {{#if tier}}{{caller}}{{else}}{{attributes.[my plan]}}{{/if}} {{@root.top}}
    {{#each attributes}}{{@key}} {{this}} {{item}} {{../outer}} {{#with ../../above}}{{../../deep}}{{/with}}{{/each}}
    {{#with place}}{{city}}{{/with}} {{#*inline "p"}}{{inside}}{{/inline}}{{> p}} {{"literal"}} {{this}}`;

  assert.deepEqual(checkTemplate(template).variables, [
    'caller',
    'tier',
    'attributes.my plan',
    'top',
    'attributes',
    'outer',
    'deep',
    'place',
    'inside',
  ]);
});

test('a valid template is filled in, unless it becomes too long', () => {
  const pieces =
    '{{a}} {{{a.b}}} {{a\tb}} {{(a)}} {{#if\ta}} {{#each\ta}} {{#with\t@root}} {{#x}} {{else}} {{/if}} {{/each}} {{/with}} {{/x}} {{../a}} {{@key}} {{>\tp}} {{!\ta}} {{#*inline\t"p"}} {{/inline}} {{{{a}}}} {{{{/a}}}} \\ \n {{ }} x "';
  const piece = fc.constantFrom(...pieces.split(' '));
  fc.assert(
    fc.property(fc.array(piece), (some) => {
      const template = some.join('');
      if (checkTemplate(template).problems.length > 0) return;
      try {
        fillTemplate(template, { a: { b: 'c' } }, String);
      } catch (error) {
        assert.ok(error instanceof PermanentError);
        assert.match(error.message, /too deep|too many steps|longer than/);
      }
    }),
    { numRuns: 1000 },
  );
});
