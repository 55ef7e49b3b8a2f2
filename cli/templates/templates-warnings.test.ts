import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Parts } from './templates-input.ts';
import { templatesAtHand } from './templates.fixture.ts';
import { warningsIn } from './templates-warnings.ts';

const html = (template: string): Parts => ({ html: { template, where: 'mail.html' } });

const NONE =
  'no variable is in it, so each mail says the same. Variables are written as in {{transcript}} and {{link}}; docs/delivery-email.md lists them.';

const STAYS = 'is no variable, and is sent as it is.';
const SPLIT = 'has markup between its braces, so it is no variable, and is sent as it is.';

const WARNINGS: Readonly<Record<string, readonly string[]>> = {
  'a\n {caller}': [`2:2 {caller} ${STAYS} Did you mean {{caller}}?`],
  '{calller} {entity_name}': [
    `1:1 {calller} ${STAYS} Did you mean {{caller}}?`,
    `1:11 {entity_name} ${STAYS} Did you mean {{entity_name}}?`,
  ],
  '{order_number}': [`1:1 {order_number} ${STAYS} Did you mean {{order_number}}?`],
  '${caller}': [`1:1 \${caller} ${STAYS} Did you mean {{caller}}?`],
  '%caller% 100%': [`1:1 %caller% ${STAYS} Did you mean {{caller}}?`],
  '<a href="[[ link ]]">': [`1:10 [[ link ]] ${STAYS} Did you mean {{link}}?`],
  '<%= caller %>': [`1:1 <%= caller %> ${STAYS} Did you mean {{caller}}?`],
  '{% caller %}': [`1:1 {% caller %} ${STAYS} Did you mean {{caller}}?`],
  '*|CALLER|*': [`1:1 *|CALLER|* ${STAYS} Did you mean {{caller}}?`],
  '&lt;&lt;caller&gt;&gt;': [`1:1 &lt;&lt;caller&gt;&gt; ${STAYS} Did you mean {{caller}}?`],
  '&#123;&#123;caller&#125;&#125;': [`1:1 &#123;&#123;caller&#125;&#125; ${STAYS} Did you mean {{caller}}?`],
  '{<b>{caller}</b>}': [`1:1 {<b>{caller ${SPLIT} Did you mean {{caller}}?`],
  '<i>{</i><span lang="de">{link}}</span>': [
    `1:4 {</i><span lang="de">{link ${SPLIT} Did you mean {{link}}?`,
  ],
  'caf\uFFFD': ['1:4 a letter was lost here when the text was converted (U+FFFD)'],
};

for (const [template, expected] of Object.entries(WARNINGS)) {
  test(`${JSON.stringify(template)} is sent as it is, which is said with the place`, () => {
    const inWords = expected.map((warning) => {
      const [place = '', ...why] = warning.split(' ');
      return `mail.html, line ${place.replace(':', ', column ')}: ${why.join(' ')}`;
    });
    assert.deepEqual(warningsIn(html(template)), [...inWords, NONE]);
  });
}

test('what only looks like a variable is no reason to warn', () => {
  const innocent = [
    '<style>p{color:red} a {caller} @media{p{margin:0}}</style>',
    '<script>if (a) {caller}</script>',
    '<table width="100%" height="50%"> 100% sure, 50% off %20link%20 %E2%80%94',
    '{{! {caller} }} {{!-- %caller% }} --}} \\{{caller}} {{{caller}}}',
    '{ } {} {1} {see below} [[1]] [link] function() { return; } $5 <<',
    '<a href="https://a.example/?q=%link">',
  ];

  for (const template of innocent) assert.deepEqual(warningsIn(html(`{{caller}}${template}`)), [], template);
});

test('a variable in one part is enough, and a template that cannot be used has only its problems', () => {
  const subject = { template: '{{caller}}', where: 'the subject' };

  assert.deepEqual(warningsIn({ subject, ...html('A call.') }), []);
  assert.deepEqual(warningsIn(html('{caller} {{#if a}}')), []);
});

test('a name of an older template without a counterpart is empty, which is said', () => {
  assert.deepEqual(warningsIn(html('{{caller}}\n{{vmx3_genai_summary}} {{vmx3_from}} {{vmx3_form}}')), [
    'mail.html, line 2, column 1: {{vmx3_genai_summary}} is always empty: there is nothing like it yet',
    'mail.html, line 2, column 38: {{vmx3_form}} is an attribute that your flow must set. Did you mean {{vmx3_from}}?',
  ]);
});

test('create and preview both show them', async (t) => {
  const { vmx, file } = await templatesAtHand(t);
  const text = file('t.txt', 'From {caller}');
  const expected = `Note: ${text}, line 1, column 6: {caller} ${STAYS} Did you mean {{caller}}?\nNote: ${NONE}`;

  const created = await vmx('create', 'odd', '--subject', 's', '--text', text);
  const previewed = await vmx('preview', '--text', text);
  const asJson = await vmx('preview', '--text', text, '--json');

  assert.deepEqual([created.code, created.err], [0, expected]);
  assert.deepEqual([previewed.code, previewed.err], [0, expected]);
  assert.equal(JSON.parse(asJson.out).warnings.length, 2);
});

const ENCODINGS: Readonly<Record<string, string>> = {
  // "ü{{caller}}" after FF FE, the lower byte first
  'UTF-16, as Windows writes it': 'fffe fc00 7b00 7b00 6300 6100 6c00 6c00 6500 7200 7d00 7d00',
  // after FE FF, the higher byte first
  'UTF-16, the higher byte first': 'feff 00fc 007b 007b 0063 0061 006c 006c 0065 0072 007d 007d',
  // after EF BB BF
  'UTF-8 with a mark': 'efbbbf c3bc 7b7b63616c6c65727d7d',
};

for (const [encoding, bytes] of Object.entries(ENCODINGS)) {
  test(`a file in ${encoding} is read`, async (t) => {
    const { vmx, folder } = await templatesAtHand(t);
    const text = join(folder, 't.txt');
    writeFileSync(text, Buffer.from(bytes.replaceAll(' ', ''), 'hex'));

    assert.equal((await vmx('preview', '--text', text)).out, 'ü+1 212 555 0142');
  });
}

const UNREADABLE: readonly { readonly what: string; readonly bytes: string; readonly why: RegExp }[] = [
  {
    what: 'in Windows-1252',
    // "{{a}}", a line feed, "f", FC, "r"
    bytes: '7b7b617d7d 0a 66 fc 72',
    why: /t\.txt: line 2, column 2: byte FC is not UTF-8\. In Windows-1252 it is "ü"; .* iconv -f WINDOWS-1252/,
  },
  {
    what: 'in UTF-16 without a mark',
    bytes: '7b00 7b00 6100 7d00 7d00',
    why: /t\.txt: has bytes 00, and so is probably UTF-16, .* iconv -f UTF-16LE/,
  },
  {
    what: 'that says UTF-16, with half a letter at its end',
    bytes: 'fffe 7b00 7b',
    why: /t\.txt: begins as UTF-16LE, and is none/,
  },
];

for (const { what, bytes, why } of UNREADABLE) {
  test(`a file ${what} is refused with the way out`, async (t) => {
    const { vmx, folder } = await templatesAtHand(t);
    const text = join(folder, 't.txt');
    writeFileSync(text, Buffer.from(bytes.replaceAll(' ', ''), 'hex'));

    for (const args of [['preview'], ['create', 'a', '--subject', 's']]) {
      const { code, err } = await vmx(...args, '--text', text);

      assert.equal(code, 2);
      assert.match(err, why);
    }
  });
}
