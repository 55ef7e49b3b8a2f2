import assert from 'node:assert/strict';
import { test } from 'node:test';
import Handlebars from 'handlebars';
import { BLANK, fillTemplate } from './email-template.ts';
import type { Value } from './email-template-values.ts';
import { PermanentError } from '../errors.ts';

const HOSTILE = `<b a="1" c='2'>&\`=`;
const ESCAPED = Handlebars.escapeExpression(HOSTILE);

const VALUES: { readonly [name: string]: Value } = {
  caller: '+1 212 555 0142',
  hostile: HOSTILE,
  empty: '',
  nothing: null,
  zero: 0,
  seven: 7,
  yes: true,
  no: false,
  lines: 'one\ntwo\n',
  plain: ['a', 'b', 'c'],
  none: [],
  grid: [
    ['a', 'b'],
    ['c', 'd'],
  ],
  mixed: ['', 0, false, null, 'x'],
  people: [
    { name: 'Ana', tags: ['x', 'y'], boss: { name: 'Bo' } },
    { name: 'Cy', tags: [], boss: { name: 'Di' } },
  ],
  person: { name: 'Eve', city: { name: 'Rome' }, caller: 'own' },
  blank: {},
  attributes: { 'customer tier': 'gold', plan: 'B', if: 'word' },
  'customer tier': 'silver',
  key: 'plan',
  item: 'outer',
};

/** Each is filled by Handlebars itself and by us, and must become the same. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  'variables and paths': [
    '{{caller}} {{person.name}} {{person/city/name}} {{person.city.name}}',
    '{{this.caller}} {{./caller}} {{this/caller}} {{@root.caller}} {{@root.person.name}}',
    '{{attributes.[customer tier]}} {{[customer tier]}} {{"customer tier"}} {{\'customer tier\'}}',
    '{{attributes.if}} {{this.attributes.[if]}} {{attributes.["plan"]}}',
    '{{plain.[1]}} {{grid.[1].[0]}} {{people.[0].tags.[1]}}',
    '{{plain.length}} {{#if plain.length}}some{{/if}} {{caller.length}}',
    '{{seven}} {{zero}} {{yes}} {{no}}',
    'a{{seven}}{{seven}}b {{person.missing}}|{{missing.more}}|{{nothing}}|{{nothing.x}}|{{empty}}',
    '{{12}}|{{true}}|{{null}}|{{undefined}}|{{plain.[9]}}|{{caller.constructor}}|{{person.toString}}|{{__proto__}}',
    '{{../caller}}|{{../../caller}}|{{@index}}|{{@nobody}}|{{@root.missing}}|{{@../root.caller}}',
  ],
  escaping: [
    '{{hostile}} <p title="{{hostile}}">',
    '{{{caller}}} {{&caller}} {{{person.name}}}',
    '\\{{caller}} \\\\{{caller}} \\\\\\{{caller}} { {caller} } {caller} }} {',
    '{{#each plain}}{{{this}}}{{/each}}',
  ],
  conditions: [
    '{{#if yes}}1{{/if}}{{#if no}}2{{/if}}{{#if zero}}3{{/if}}{{#if empty}}4{{/if}}{{#if nothing}}5{{/if}}',
    '{{#if none}}1{{else}}2{{/if}}{{#if plain}}3{{/if}}{{#if blank}}4{{/if}}{{#if missing}}5{{else}}6{{/if}}',
    '{{#if zero includeZero=true}}1{{else}}2{{/if}}{{#unless zero includeZero=yes}}3{{else}}4{{/unless}}',
    '{{#if zero includeZero=no}}1{{else}}2{{/if}}{{#if empty includeZero=true}}3{{else}}4{{/if}}',
    '{{#if no}}1{{else if zero}}2{{else if caller}}3{{else}}4{{/if}}',
    '{{#if no}}1{{else if zero}}2{{else}}4{{/if}}',
    '{{#if no}}1{{else unless no}}2{{/if}}|{{#unless yes}}1{{else if seven}}2{{/unless}}',
    '{{#if no}}1{{else each plain}}{{this}}{{/if}}|{{#if no}}1{{else with person}}{{name}}{{/if}}',
    '{{#if no}}1{{^}}2{{/if}}|{{^if no}}3{{/if}}|{{^if yes}}4{{else}}5{{/if}}|{{^unless yes}}6{{/unless}}',
    '{{#unless no}}1{{/unless}}{{#unless caller}}2{{else}}3{{/unless}}{{#unless none}}4{{/unless}}',
    '{{#if "x"}}1{{/if}}{{#if ""}}2{{/if}}{{#if true}}3{{/if}}{{#if 0}}4{{/if}}{{#if null}}5{{/if}}{{#if undefined}}6{{/if}}',
    '{{#if person.city.name}}{{person.city.name}}{{#if person.nobody}}x{{else}}y{{/if}}{{/if}}',
  ],
  lists: [
    '{{#each plain}}{{@index}}{{@key}}{{this}}{{.}}{{#if @first}}<{{/if}}{{#if @last}}>{{/if}} {{/each}}',
    '{{#each attributes}}{{@key}}={{this}};{{@index}}{{@first}}{{@last}} {{/each}}',
    '{{#each none}}x{{else}}nobody {{caller}}{{/each}}{{#each missing}}x{{else}}-{{/each}}{{#each nothing}}x{{else}}-{{/each}}',
    '{{#each caller}}x{{else}}a text{{/each}}{{#each seven}}x{{else}}a number{{/each}}{{#each blank}}x{{else}}blank{{/each}}',
    '{{#each grid}}{{#each this}}{{@../index}}.{{@index}}{{this}} {{/each}}{{/each}}',
    '{{#each people}}{{#each tags}}{{@../key}}{{@../first}}{{@../last}}{{../name}}{{this}} {{else}}none of {{name}}{{/each}}{{/each}}',
    '{{#each people}}{{#each tags}}{{#each @root.plain}}{{@../../index}}{{@../index}}{{@index}}{{../../name}} {{/each}}{{/each}}{{/each}}',
    '{{#each people}}{{#if name}}{{@index}}{{name}}{{../caller}}{{/if}}{{/each}}',
    '{{#each people}}{{#with boss}}{{name}}<{{../name}}{{@index}}{{../../caller}}{{/with}}{{/each}}',
    '{{#each mixed}}[{{this}}{{#if this}}!{{else}}?{{/if}}]{{/each}}',
    '{{#each mixed}}{{#if @index}}{{@index}}{{/if}}{{#unless @last}},{{/unless}}{{/each}}',
    '{{#each people as |one place|}}{{place}}{{one.name}}{{name}}{{#each one.tags as |tag|}}{{tag}}{{one.name}}{{place}}{{/each}}{{/each}}',
    '{{#each attributes as |value key|}}{{key}}:{{value}} {{/each}}{{item}}',
    '{{#each plain as |item|}}{{item}}{{this.item}}{{../item}}{{./item}}{{/each}}{{item}}',
    '{{#each plain as |if|}}{{if}}{{/each}} {{#each plain as |lookup|}}{{lookup}}{{/each}}',
    '{{#each plain as |a b c|}}{{a}}{{b}}{{c}}{{/each}}',
    '{{#each (lookup people 0)}}{{@key}} {{/each}}{{#each people.[0].tags}}{{this}}{{/each}}',
    '{{#each attributes}}{{@key}}: {{this}}{{#unless @last}}, {{/unless}}{{/each}}',
    '{{#each grid}}{{#each .}}{{#if @first}}{{@../first}}{{/if}}{{/each}}{{/each}}',
    '{{#each plain}}{{#each ../plain}}{{../caller}}|{{../../caller}} {{/each}}{{/each}}',
    '{{#each plain}}{{@root.caller}}{{#each @root.none}}{{else}}{{@index}}{{this}}{{/each}}{{/each}}',
  ],
  with: [
    '{{#with person}}{{name}} {{city.name}} {{caller}} {{../caller}} {{@root.caller}}{{/with}}',
    '{{#with person}}{{#with city}}{{name}} {{../name}} {{../../caller}}{{/with}}{{/with}}',
    '{{#with 0}}[{{this}}]{{else}}none{{/with}}|{{#with zero}}[{{this}}]{{/with}}',
    '{{#with no}}x{{else}}none{{/with}}{{#with empty}}x{{else}}none{{/with}}{{#with none}}x{{else}}none{{/with}}{{#with null}}x{{else}}none{{/with}}',
    '{{#with missing}}x{{else}}{{caller}}{{/with}}{{#with "text"}}{{this}}{{length}}{{/with}}',
    '{{#with person as |p|}}{{p.name}} {{p.city.name}} {{#with p.city as |c|}}{{c.name}}{{p.name}}{{/with}}{{/with}}',
    '{{#with this}}{{caller}}{{../caller}}{{/with}}{{#with .}}{{#with person}}{{../caller}}{{/with}}{{/with}}',
    '{{#with blank}}[{{caller}}{{../caller}}]{{/with}}{{#with plain}}{{this.[0]}}{{length}}{{/with}}',
  ],
  'blocks about a variable': [
    '{{#person}}{{name}}{{../caller}}{{/person}}{{#plain}}{{@index}}{{.}}{{/plain}}{{#people}}{{name}}{{/people}}',
    '{{#yes}}{{caller}}{{/yes}}{{#no}}x{{/no}}{{#missing}}x{{else}}y{{/missing}}{{#none}}x{{/none}}{{#nothing}}x{{/nothing}}',
    '{{#empty}}[{{this}}]{{/empty}}{{#zero}}[{{this}}]{{/zero}}{{#caller}}{{this}}{{/caller}}',
    '{{^no}}1{{/no}}{{^missing}}2{{/missing}}{{^none}}3{{/none}}{{^yes}}4{{/yes}}{{^empty}}5{{/empty}}{{^caller}}6{{/caller}}',
    '{{#person.city}}{{name}}{{/person.city}}{{#this.person}}{{name}}{{/this.person}}{{#"customer tier"}}{{this}}{{/"customer tier"}}',
    '{{#missing}}1{{else if no}}2{{else}}3{{/missing}}{{#each people}}{{#boss}}{{name}}{{../name}}{{@index}}{{/boss}}{{/each}}',
    '{{{{missing}}}} {{caller}} {{{{/missing}}}}|{{{{yes}}}} {{caller}} {{{{/yes}}}}|{{{{person}}}}{{name}}{{{{/person}}}}',
  ],
  lookup: [
    '{{lookup attributes "customer tier"}} {{lookup attributes key}} {{lookup plain 1}} {{lookup . "caller"}}',
    '{{lookup missing "x"}}|{{lookup nothing "x"}}|{{lookup zero "x"}}|{{lookup no "x"}}|{{lookup person "toString"}}|{{lookup person nothing}}',
    '{{#each plain}}{{lookup @root.plain @index}}{{lookup (lookup @root.people @index) "name"}}{{/each}}',
    '{{#if (lookup attributes key)}}1{{/if}}{{#with (lookup people 1)}}{{name}}{{../caller}}{{/with}}{{#if (lookup missing key)}}2{{/if}}',
    '{{{lookup attributes key}}} {{lookup (lookup person "city") "name"}} {{lookup caller "length"}}',
  ],
  'white space and comments': [
    'a {{~caller~}} b {{~#if yes~}} c {{~else~}} d {{~/if~}} e',
    ' {{~{caller}~}} {{~> p~}} {{#*inline "p"}} x {{/inline}} ',
    'a\n{{#if yes}}\nb\n{{else}}\nc\n{{/if}}\nd\n',
    'a\r\n{{#each plain}}\r\n  {{this}}\r\n{{/each}}\r\nb',
    '  {{#if yes}}  \n    b\n  {{/if}}  \nc {{#if yes}} d {{/if}} e\n',
    'a\n  {{! a remark }}  \nb {{!-- a {{caller}} --}} c\n{{!--\n{{#if}}\n--}}\nd',
    '{{#each plain~}}  {{this}}  {{~/each}}|{{#each plain}}\n{{this}}\n{{~/each}}',
    '{{#if yes}}\n{{#if yes}}\nx\n{{/if}}\n{{/if}}\n',
    '{{^no}}\nx\n{{/no}}\n{{#person}}\ny\n{{/person}}\n',
  ],
  partials: [
    '{{#*inline "p"}}[{{caller}}{{name}}]{{/inline}}{{> p}}{{> p person}}{{#with person}}{{> p}}{{/with}}',
    '{{> p}}{{#*inline "p"}}defined later{{/inline}}{{> "p"}}{{>p}}',
    '{{#*inline "p"}}{{a}}{{b}}{{caller}}{{/inline}}{{> p a="x" b=seven}}{{> p person a=name}}{{> p a=missing}}',
    '{{#*inline "p"}}<{{this}}{{@index}}{{../caller}}>{{/inline}}{{#each plain}}{{> p}}{{/each}}',
    '{{#*inline "p"}}<{{../name}}{{../caller}}>{{/inline}}{{#each people}}{{#each tags}}{{> p}}{{/each}}{{/each}}',
    '{{#*inline "p"}}one{{/inline}}{{> p}}{{#if yes}}{{#*inline "p"}}two{{/inline}}{{> p}}{{/if}}{{> p}}',
    '{{#*inline "q"}}{{> p}}{{/inline}}{{#*inline "p"}}outer{{/inline}}{{#if yes}}{{#*inline "p"}}inner{{/inline}}{{> q}}{{/if}}{{> q}}',
    '{{#*inline "p"}}\na\nb\n{{/inline}}\nx\n  {{> p}}\ny\n    {{> p}}\n',
    '{{#*inline "p"}}\n{{lines}}\nz\n{{/inline}}\n  {{> p}}\n{{#*inline "q"}}\n<\n  {{> p}}\n>\n{{/inline}}\n\t{{> q}}\nend',
    '{{#*inline "p"}}\n{{#each plain}}\n{{this}}\n{{/each}}\n{{/inline}}\n<ul>\n  {{> p}}\n</ul>',
    '{{#*inline "p"}}a\nb{{/inline}}x {{> p}} y\n  {{~> p~}}\nz\n',
    '{{#each plain}}{{#*inline "p"}}{{../caller}}{{@index}}{{/inline}}{{> p}}{{#with @root.person}}{{> p}}{{/with}}{{/each}}',
    '{{#*inline "a b"}}x{{/inline}}{{> [a b]}}{{> "a b"}}{{#*inline "p/q"}}y{{/inline}}{{> p/q}}',
    '{{#*inline "p"}}{{#if more}}{{name}}{{else}}{{> p more=yes}}{{/if}}{{/inline}}{{> p person yes=true}}',
    '{{#*inline "p"}}{{#with x}}{{../name}}{{/with}}{{/inline}}{{> p people.[0] x=person.city}}',
  ],
};

/** Filled otherwise than Handlebars does, on purpose. `theirs` is a text, or the reason of its error. */
const EXCEPTIONS: readonly {
  template: string;
  ours: string | RegExp;
  theirs: string | RegExp;
  why: string;
}[] = [
  { template: '{{missing}}', ours: BLANK, theirs: '', why: 'a hole in a sentence is not noticed, a dash is' },
  {
    template: '{{{hostile}}}',
    ours: ESCAPED,
    theirs: HOSTILE,
    why: 'callers’ words are never markup',
  },
  {
    template: '{{&hostile}}',
    ours: ESCAPED,
    theirs: HOSTILE,
    why: 'callers’ words are never markup',
  },
  { template: '{{{seven}}}{{{seven}}}', ours: '77', theirs: '14', why: 'two numbers are no sum' },
  { template: '{{person}}', ours: BLANK, theirs: '[object Object]', why: 'a record is no text' },
  { template: '{{plain}}', ours: BLANK, theirs: 'a,b,c', why: 'a list is no text' },
  {
    template: '{{#with caller}}{{> p a=1}}{{/with}}{{#*inline "p"}}{{[0]}}{{/inline}}',
    ours: BLANK,
    theirs: '+',
    why: 'a text is not taken apart',
  },
  {
    template: '{{#each plain as |x|}}{{#*inline "p"}}{{x}}{{/inline}}{{> p}}{{/each}}',
    ours: 'abc',
    theirs: /Cannot read properties/,
    why: 'Handlebars breaks off',
  },
  {
    template: '{{#with 1}}{{#with "1"}}{{../caller}}{{/with}}{{/with}}',
    ours: BLANK,
    theirs: '+1 212 555 0142',
    why: '1 and "1" are two values',
  },
  {
    template: '{{log caller}}',
    ours: /log is not available/,
    theirs: '',
    why: 'a log must not have what callers said',
  },
  {
    template: '{{#*inline "p"}}x{{/inline}}{{> (lookup . "pname")}}',
    ours: /must be written out/,
    theirs: /could not be found/,
    why: 'a value must not choose what is written',
  },
  {
    template: '{{#> p}}else{{/p}}',
    ours: /is not supported/,
    theirs: 'else',
    why: 'a template of SES has no other file to lay it out',
  },
  {
    template: '{{#*inline "q"}}{{> p}}{{/inline}}{{#if yes}}{{#*inline "p"}}x{{/inline}}{{> q}}{{/if}}',
    ours: /there is no part p/,
    theirs: 'x',
    why: 'whether a part is there must not depend on a voicemail',
  },
];

/** As Handlebars escapes; a missing value is nothing. */
const asHandlebars = (value: string) => (value === BLANK ? '' : Handlebars.escapeExpression(value));

for (const [what, templates] of Object.entries(SAME)) {
  test(`${what} are filled as by Handlebars`, () => {
    for (const template of templates) {
      assert.equal(
        fillTemplate(template, VALUES, asHandlebars).text,
        Handlebars.compile(template)(VALUES),
        template,
      );
    }
  });
}

test('enough templates are compared', () => {
  assert.ok(Object.values(SAME).flat().length >= 80);
});

for (const { template, ours, theirs, why } of EXCEPTIONS) {
  test(`${template} is an exception: ${why}`, () => {
    agrees(() => fillTemplate(template, VALUES, Handlebars.escapeExpression).text, ours, PermanentError);
    agrees(() => Handlebars.compile(template)(VALUES), theirs, Error);
  });
}

function agrees(fill: () => string, expected: string | RegExp, kind: typeof Error | typeof PermanentError) {
  if (typeof expected === 'string') return assert.equal(fill(), expected);
  assert.throws(fill, (error) => error instanceof kind && expected.test(error.message));
}
