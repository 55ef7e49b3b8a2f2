import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { cleanText, oneLine, quoted } from './clean-text.ts';

const HOSTILE = 'Ana\u001B[2J\r\nNote: paid\u2028\u0000\u0085\u202E2410\u2066\uD83D';

test('what clears a screen, turns text around, or is half a character, becomes a space or a sign for it', () => {
  assert.equal(cleanText(HOSTILE), 'Ana [2J\nNote: paid    2410 \uFFFD');
});

test('on one line, nothing begins another line', () => {
  assert.equal(oneLine(HOSTILE), 'Ana [2J  Note: paid    2410 \uFFFD');
  assert.equal(oneLine('a\tb'), 'a b');
});

test('accents, emoji and the marks of right-to-left scripts stay as they are', () => {
  const text = 'Grüße 👩‍👩‍👧 שלום\u200F مرحبا';

  assert.equal(cleanText(text), text);
  assert.equal(oneLine(text), text);
});

test('a quoted text is one line within its room', () => {
  assert.equal(quoted('desk\n"Parts are missing."', 40), '"desk "Parts are missing.""');
  assert.equal(quoted('x'.repeat(50), 10), `"${'x'.repeat(9)}…"`);
});

test('any text is well formed and seen, and cleaning it again changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const clean = oneLine(text);

      assert.ok(clean.isWellFormed());
      assert.doesNotMatch(clean, /[\p{Cc}\p{Zl}\p{Zp}]/u);
      assert.equal(oneLine(cleanText(clean)), clean);
    }),
  );
});
