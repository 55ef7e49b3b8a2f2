import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fillTemplate } from './email-template.ts';
import { checkTemplate } from './email-template-check.ts';
import type { TemplateProblem } from './email-template-syntax.ts';
import { defaultTemplate } from './email-templates.ts';
import { PermanentError } from '../errors.ts';

const inPlace = ({ line, column, why }: TemplateProblem) => `${line}:${column} ${why}`;
const complaints = (template: string) => checkTemplate(template).problems.map(inPlace);

const COMPLAINTS: Readonly<Record<string, string>> = {
  'a\n  {{#if b}}{{! {{#each }}\nc': '2:3 the block {{#if}} is not closed: {{/if}} is missing',
  'a\n{{^b}}\nc': '2:1 the block {{^b}} is not closed: {{/b}} is missing',
  'a {{{{b}}}} c': '1:3 {{{{b}}}} is not closed: {{{{/b}}}} is missing',
  'a\n{{/if}}': '2:1 a block is closed here that was not opened',
  '\n {{#if a}}x{{/each}}': '2:5 {{#if}} is closed by {{/each}}',
  '{{#if a}}x{{/#if}}': '1:14 a block is closed by its name alone: {{/if}}',
  '{{#if a}}x{{\\if}}': '1:13 a block is closed by its name alone: {{/if}}',
  '{{else}}': '1:1 {{else}} stands outside of a block, or for a second time in one',
  '{{}}': '1:3 }} comes too early: a name is missing, or {{{ was opened and needs }}}',
  '{{{a}}': '1:5 }} comes too early: a name is missing, or {{{ was opened and needs }}}',
  '{{!-- x --}} {{a}}}': '1:17 }}} closes what {{ opened: there is one brace too many',
  'Dear {{caller': '1:8 the braces before this are not closed: }} is missing',
  'Dear {{ , {{caller}}': '1:9 the braces before this are not closed: }} is missing',
  '{{a/../b}}': '1:3 a/.. is no name: ../ and this can only stand at its beginning',
  '{{list.0}}': '1:8 a number as a name needs brackets: {{list.[0]}}',
  '{{../@index}}': '1:6 "@" must come first: {{@../index}}, and not {{../@index}}',
  '{{#if "a}}': '1:7 the quotation mark is not closed',
  '{{a.[b}}': '1:5 the bracket is not closed: ] is missing',
  '{{<b>a</b>}}': '1:3 there is markup within the braces: format the whole {{name}}, not a part of it',
  '{{#if a && b}}{{/if}}':
    '1:9 {{#if}} takes one variable and compares nothing; for "and", put one {{#if}} into another',
  '{{#if a == b}}{{/if}}':
    '1:10 {{#if}} takes one variable and compares nothing; for "and", put one {{#if}} into another',
  '{{a | upper}}': '1:5 a variable stands alone: there are no filters and no calls',
  '{{a()}}': '1:3 a variable stands alone: there are no filters and no calls',
  '{{(a)}}':
    '1:3 a parenthesis cannot stand here: it holds the value of a block, as in {{#if (lookup attributes "name")}}',
  '{{customer tier}}':
    '1:1 there is no helper customer. A name with spaces needs brackets: {{attributes.[customer tier]}}',
  '{{#if no}}\n{{upper caller}}{{/if}}':
    '2:1 there is no helper upper. A name with spaces needs brackets: {{attributes.[upper caller]}}',
  '{{elseif a}}': '1:1 there is no helper elseif: write {{else if …}}',
  '{{if a}}': '1:1 {{if}} is a block and needs a #: {{#if a}}…{{/if}}',
  '{{each}}':
    '1:1 {{each}} is a block and needs a #: {{#each …}}…{{/each}}; an attribute of that name is {{attributes.each}}',
  '{{log a}}': '1:1 log is not available; an attribute of that name is {{attributes.log}}',
  '{{lookup a}}': '1:1 lookup needs two values: {{lookup attributes "customer tier"}}',
  '{{#vip a}}{{/vip}}':
    '1:1 there is no block {{#vip}}; there are {{#if}}, {{#unless}}, {{#each}} and {{#with}}',
  '{{#toString a}}{{/toString}}':
    '1:1 there is no block {{#toString}}; there are {{#if}}, {{#unless}}, {{#each}} and {{#with}}',
  '{{#if a b}}{{/if}}': '1:1 {{#if}} needs one variable, and nothing else',
  '{{#if a b=1}}{{/if}}': '1:1 {{#if}} takes no b=…; only includeZero=true',
  '{{#each a b=1}}{{/each}}': '1:1 {{#each}} takes no b=…',
  '{{#if a as |b|}}{{/if}}': '1:1 {{#if}} takes no names (as |…|); {{#each}} and {{#with}} do',
  '{{#a as |b|}}{{/a}}': '1:1 {{#a}} takes no names (as |…|); {{#each}} and {{#with}} do',
  '{{#if (eq a 1)}}{{/if}}':
    '1:1 within parentheses there is only (lookup attributes "name"), and not (eq a 1)',
  '{{> p}}': '1:1 there is no part p: {{#*inline "p"}} must come around or before it',
  '{{> (a)}}': '1:1 the name of a part must be written out, as in {{> row}}; (a) is a value',
  '{{#*inline "p"}}{{/inline}}{{> p a b}}': '1:28 {{> p}} takes one value, and not 2',
  '{{#> p}}{{/p}}': '1:1 {{#> …}} is not supported; there is {{> name}}, of a {{#*inline "name"}}',
  '{{* x}}': '1:1 {{* …}} is not supported; there is {{#*inline "name"}}',
  '{{#*own "p"}}{{/own}}': '1:1 only {{#*inline "name"}} is supported',
};

for (const [template, complaint] of Object.entries(COMPLAINTS)) {
  test(`${JSON.stringify(template)} is refused with the place and the reason`, () => {
    assert.deepEqual(complaints(template), [complaint]);
    const [place = '', ...why] = complaint.split(' ');
    const words = `line ${place.replace(':', ', column ')}: ${why.join(' ')}`;
    assert.throws(() => fillTemplate(template, {}, String), {
      code: 'TEMPLATE',
      message: `the email template cannot be used: ${words}`,
    });
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

  const names = checkTemplate(template).variables.map(({ name }) => name);
  assert.deepEqual(names, [
    'caller',
    'tier',
    'attributes.my plan',
    'top',
    'attributes',
    'outer',
    'deep',
    'place',
    'inside',
    'literal',
  ]);
});

test('a variable is named once, where it comes first', () => {
  assert.deepEqual(checkTemplate('a\n {{caller}} {{caller}} {{lookup attributes key}}').variables, [
    { name: 'caller', line: 2, column: 2 },
    { name: 'attributes', line: 2, column: 24 },
    { name: 'key', line: 2, column: 24 },
  ]);
  assert.deepEqual(checkTemplate('{{#each attributes as |value key|}}{{value}}{{key}}{{/each}}').variables, [
    { name: 'attributes', line: 1, column: 1 },
  ]);
});

test('a block about a text is filled otherwise than in Mustache, which is said', () => {
  const template = '{{#note}}x{{/note}}\n {{^link}}y{{/link}}{{#attributes}}{{/attributes}}';

  assert.deepEqual(checkTemplate(template).warnings.map(inPlace), [
    '1:1 {{#note}} is written even if note is empty, and no other variable is found within it. Write {{#if note}}',
    '2:2 {{^link}} is left out even if link is empty. Write {{#unless link}}',
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
