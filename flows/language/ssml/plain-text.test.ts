import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ssmlMarkupIn } from './plain-text.ts';

test('SSML in a text is found, by its first tag or entity', () => {
  assert.equal(ssmlMarkupIn('<speak>Hello</speak>'), '<speak>');
  assert.equal(ssmlMarkupIn('One moment.<break time="1s"/> Thank you.'), '<break time="1s"/>');
  assert.equal(ssmlMarkupIn('Smith &amp; Sons'), '&amp;');
  assert.equal(ssmlMarkupIn('A <Emphasis level="strong">word</Emphasis>'), '<Emphasis level="strong">');
  assert.equal(ssmlMarkupIn('&#233; then <p>'), '&#233;');
});

test('signs in a text are text', () => {
  for (const text of ['Smith & Sons', 'AT&T', '5 < 6', 'I <3 you', 'a <b> c', 'from A <-> B', 'Q&A; then']) {
    assert.equal(ssmlMarkupIn(text), undefined, text);
  }
});
