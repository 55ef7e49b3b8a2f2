import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { toHtml, toHtmlWithin } from './html.ts';

test('no text can become markup, end an attribute, or be read by a flow or a view', () => {
  const hostile = `</audio><script>alert('1')</script> " \` {x} \${y} $.Attributes.x $['External'] \\`;

  const html = toHtml(hostile);

  assert.doesNotMatch(html, /[<>"'`{}$\\]/);
  assert.equal(fromHtml(html), hostile);
});

test('an ampersand is not taken for the beginning of a character reference', () => {
  assert.equal(toHtml('Q&A &lt; &#60;'), 'Q&#38;A &#38;lt; &#38;#60;');
});

test('invisible characters cannot change the direction of the text around them', () => {
  const override = '\u202E';
  const isolate = '\u2066';

  assert.equal(toHtml(`+1 555\n\u0000${override}2410${isolate}`), '+1 555   2410 ');
});

test('accents, emoji and marks of a right-to-left script stay as they are', () => {
  const text = 'Grüße 👩‍👩‍👧 שלום\u200F مرحبا';

  assert.equal(toHtml(text), text);
});

test('half a character is replaced', () => {
  assert.equal(toHtml('a\uD83D'), 'a\uFFFD');
});

test('text is cut between two characters as people see them', () => {
  const family = '👩‍👩‍👧';

  assert.deepEqual(toHtmlWithin(`ab${family}`, 10), { html: 'ab', isWhole: false });
  assert.deepEqual(toHtmlWithin('a<b', 5), { html: 'a', isWhole: false });
  assert.deepEqual(toHtmlWithin('a<b', 7), { html: 'a&#60;b', isWhole: true });
  assert.deepEqual(toHtmlWithin('abc', -1), { html: '', isWhole: false });
});

test('any text fits its room and reads as its beginning', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), fc.nat(400), (text, roomBytes) => {
      const { html, isWhole } = toHtmlWithin(text, roomBytes);

      assert.ok(Buffer.byteLength(html) <= roomBytes);
      assert.ok(toHtml(text).startsWith(html));
      assert.equal(isWhole, toHtml(text) === html);
    }),
  );
});

function fromHtml(html: string): string {
  return html.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
