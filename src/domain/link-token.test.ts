import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkLink, linkToken } from './link-token.ts';

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

test('a link runs out', () => {
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
