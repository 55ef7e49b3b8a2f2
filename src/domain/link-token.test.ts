import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { checkLink, contactIdOf, linkToken } from './link-token.ts';

const CONTACT = 'c0ffee00-0000-4000-8000-0000000000c1';
const NOW = Date.parse('2026-03-04T14:00:00Z');
const KEY = { id: 'aaaaaaaa', secret: 'k'.repeat(64) };
const OLD_KEY = { id: 'bbbbbbbb', secret: 'o'.repeat(64) };
const TOKEN = linkToken({ contactId: CONTACT, expiresAtMs: NOW + 60_000 }, KEY);

test('a link opens the recording it was made for', () => {
  const check = checkLink(TOKEN, [KEY], NOW);

  assert.deepEqual(check, { kind: 'valid', contactId: CONTACT, expiresAtMs: NOW + 60_000 });
});

test('a link made before the key was rotated still opens', () => {
  assert.equal(checkLink(TOKEN, [OLD_KEY, KEY], NOW).kind, 'valid');
});

test('a link whose key is gone does not open', () => {
  assert.equal(checkLink(TOKEN, [OLD_KEY], NOW).kind, 'invalid');
});

test('a link expires', () => {
  assert.equal(checkLink(TOKEN, [KEY], NOW + 60_000).kind, 'expired');
});

test('no part of a link can be exchanged for another', () => {
  const [contactId, expiry, keyId, signature] = TOKEN.split('.');
  const forged = [
    ['c0ffee00-0000-4000-8000-0000000000c2', expiry, keyId, signature],
    [contactId, 'zzzzzzz', keyId, signature],
    [contactId, expiry, 'bbbbbbbb', signature],
    [contactId, expiry, keyId, `${signature}A`],
    [contactId, expiry, keyId, ''],
    [contactId, expiry, keyId, signature, signature],
    [contactId],
  ];

  for (const parts of forged) assert.equal(checkLink(parts.join('.'), [KEY, OLD_KEY], NOW).kind, 'invalid');
});

test('a link that was signed with no known key is invalid, never expired', () => {
  const forged = linkToken({ contactId: CONTACT, expiresAtMs: NOW - 1000 }, { id: 'cccccccc', secret: 'x' });

  assert.equal(checkLink(forged, [KEY], NOW).kind, 'invalid');
});

const contactId = fc.stringMatching(/^[A-Za-z0-9-]{1,128}$/);
const keyId = fc.stringMatching(/^[\w-]{1,12}$/);
const secret = fc.string({ minLength: 32, maxLength: 80 });
const expiresAtMs = fc.integer({ min: 1000, max: 8_640_000_000_000 });

test('any link opens until the exact second of its expiry', () => {
  fc.assert(
    fc.property(contactId, keyId, secret, expiresAtMs, (id, key, text, at) => {
      const endMs = Math.floor(at / 1000) * 1000;
      const keys = [{ id: key, secret: text }] as const;
      const token = linkToken({ contactId: id, expiresAtMs: at }, keys[0]);

      assert.match(token, /^[\w.-]{1,256}$/);
      assert.deepEqual(checkLink(token, keys, endMs - 1), {
        kind: 'valid',
        contactId: id,
        expiresAtMs: endMs,
      });
      assert.equal(checkLink(token, keys, endMs).kind, 'expired');
    }),
  );
});

const anyCharacter = fc.oneof(
  fc.constantFrom(...'.-_=%+/ aAzZ09\u0000é'.split('')),
  fc.string({ maxLength: 3 }),
);

test('a link with anything changed, cut or put in does not open', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: TOKEN.length }),
      fc.nat({ max: TOKEN.length }),
      anyCharacter,
      (from, sizeChars, put) => {
        const changed = TOKEN.slice(0, from) + put + TOKEN.slice(from + sizeChars);

        fc.pre(changed !== TOKEN);
        assert.equal(checkLink(changed, [KEY, OLD_KEY], NOW).kind, 'invalid');
      },
    ),
    { numRuns: 2000 },
  );
});

test('a signature is not valid for another contact, expiry or key', () => {
  const signature = TOKEN.split('.')[3];

  fc.assert(
    fc.property(contactId, expiresAtMs, fc.constantFrom(KEY.id, OLD_KEY.id), (id, at, key) => {
      const claims = `${id}.${Math.floor(at / 1000).toString(36)}.${key}`;

      fc.pre(!TOKEN.startsWith(claims));
      assert.equal(checkLink(`${claims}.${signature}`, [KEY, OLD_KEY], NOW).kind, 'invalid');
    }),
  );
});

test('a token names a contact before it is checked, and never a text that is not a contact id', () => {
  assert.equal(contactIdOf(TOKEN), CONTACT);
  for (const text of ['', '.', 'a_b.c.d.e', 'x'.repeat(200)]) assert.equal(contactIdOf(text), undefined);
});

test('any text that is not a link is invalid', () => {
  const text = fc.oneof(fc.string(), fc.array(fc.string(), { minLength: 4, maxLength: 5 }));

  fc.assert(
    fc.property(text, (one) => {
      const token = typeof one === 'string' ? one : one.join('.');
      assert.equal(checkLink(token, [KEY, OLD_KEY], NOW).kind, 'invalid');
    }),
  );
});
