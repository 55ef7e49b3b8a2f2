import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fillTemplate } from './email-template.ts';
import type { Value } from './email-template-values.ts';
import { PermanentError } from '../errors.ts';

const fill = (template: string, values: Value = {}) => fillTemplate(template, values, (value) => value).text;

test('conditions, loops and their place are Handlebars’ own', () => {
  const values = {
    yes: 'x',
    no: '',
    list: ['a', 'b'],
    record: { k: 'v' },
    person: { name: 'Ana' },
    top: 't',
  };

  assert.equal(fill('{{#if yes}}1{{else}}2{{/if}}{{#if no}}1{{else if yes}}3{{/if}}', values), '13');
  assert.equal(fill('{{#unless no}}1{{/unless}}{{#if list}}2{{/if}}', values), '12');
  assert.equal(
    fill('{{#each list}}{{@index}}{{this}}{{../top}}{{#if @last}}.{{/if}}{{/each}}', values),
    '0at1bt.',
  );
  assert.equal(
    fill('{{#each record}}{{@key}}={{.}}{{/each}}{{#each none}}x{{else}}-{{/each}}', values),
    'k=v-',
  );
  assert.equal(
    fill('{{#with person}}{{name}}{{this.name}}{{@root.top}}{{/with}}{{list.[1]}}', values),
    'AnaAnatb',
  );
  assert.equal(fill('{{#*inline "p"}}[{{top}}]{{/inline}}{{> p}}{{! a remark }}{{"top"}}', values), '[t]t');
  assert.equal(fill('a {{~top~}} b \\{{top}}', values), 'atb {{top}}');
});

test('only own members of a value are found', () => {
  const inherited = [
    'constructor',
    '__proto__',
    'toString',
    'a.at',
    'a.constructor.name',
    'list.map',
    '@root.valueOf',
  ];

  const values = { a: 'text', list: ['x'] };
  for (const name of inherited) {
    assert.deepEqual(fillTemplate(`{{${name}}}`, values, String), { text: '—', missing: [name] });
  }
  for (const name of ['constructor', '__proto__', 'toString', 'at', 'map']) {
    assert.equal(
      fill(`{{lookup a "${name}"}}{{lookup list "${name}"}}{{lookup . "${name}"}}`, values),
      '———',
    );
    assert.equal(fill(`{{#with (lookup a "${name}")}}x{{/with}}{{#each ${name}}}x{{/each}}`, values), '');
  }
});

test('an attribute can have any name, even the name of a member of objects', () => {
  const values: Value = JSON.parse('{"__proto__":"p","constructor":"c","if":"i"}');

  assert.equal(fill('{{__proto__}}{{constructor}}{{this.if}}', values), 'pci');
});

const UNUSABLE: Readonly<Record<string, string>> = {
  'a brace that nobody closes': '{{#if a}}',
  'a helper': '{{uppercase a}}',
  'a helper with named values': '{{a b=1}}',
  'a block of its own': '{{#customer a}}{{/customer}}',
  'a block without a variable': '{{#each}}{{/each}}',
  'a helper in parentheses': '{{#if (eq a 1)}}{{/if}}',
  'the helper that writes logs': '{{log "x"}}',
  'a partial that is not there': '{{> p}}',
  'a partial with a block': '{{#> p}}{{/p}}',
  'a decorator': '{{* x}}',
  'a partial that calls itself': '{{#*inline "p"}}{{> p}}{{/inline}}{{> p}}',
  'too many braces': '{{a}}'.repeat(1_001),
  'too many parentheses': `a {{#if ${'(lookup '.repeat(21)}}}`,
  'too much text': 'a'.repeat(200_001),
  'nesting without end': `${'{{#if a}}'.repeat(400)}${'{{/if}}'.repeat(399)}`,
};

for (const [what, template] of Object.entries(UNUSABLE)) {
  test(`a template with ${what} is refused with the reason`, () => {
    assert.throws(
      () => fill(template, { a: 'x' }),
      (error) =>
        error instanceof PermanentError &&
        error.code === 'TEMPLATE' &&
        error.message.startsWith('the email template cannot be used: '),
    );
  });
}

test('parentheses count only within braces', () => {
  const many = '('.repeat(30);

  assert.equal(fill(`${many}{{a}}${many}{{! ${many} }}${many}`, { a: 'x' }), `${many}x${many}${many}`);
});

test('loops in loops end early', () => {
  const list = Array.from({ length: 200 }, () => 'x');
  const template = '{{#each @root}}{{#each @root}}{{#each @root}}{{this}}{{/each}}{{/each}}{{/each}}';

  assert.throws(() => fill(template, list), /too many steps/);
  assert.throws(
    () =>
      fill(
        `{{#each this}}${'{{this}}'.repeat(60)}{{/each}}`,
        list.map(() => 'x'.repeat(1000)),
      ),
    {
      message: /longer than a mail/,
    },
  );
});

test('loops that write nothing, and long lists of values, end early as well', () => {
  const names = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`n${index}`, 'x']));

  assert.throws(() => fill('{{#each this}}{{#each @root}}{{/each}}{{/each}}', names), /too many steps/);
  assert.throws(
    () => fill('{{#*inline "p"}}{{/inline}}{{#each this}}{{> p @root a=1}}{{/each}}', names),
    /line 1, column 42: its loops take too many steps/,
  );
});

test('any template is filled or refused, never anything else', () => {
  const piece = fc.constantFrom(
    '{{',
    '}}',
    '{{{',
    '}}}',
    '#if',
    '/if',
    'a',
    ' ',
    '.',
    '../',
    '@',
    '"',
    '~',
    '<',
  );
  const template = fc.oneof(
    fc.string(),
    fc.array(piece).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(template, fc.dictionary(fc.string(), fc.string()), (given, values) => {
      try {
        fill(given, values);
      } catch (error) {
        assert.ok(error instanceof PermanentError);
      }
    }),
  );
});
