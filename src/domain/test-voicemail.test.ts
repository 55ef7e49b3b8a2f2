import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testAddress, testIn, testKeyOf, TEST_KINDS } from './test-voicemail.ts';

const CONTACT = '22222222-0000-4000-8000-000000000001';

test('the key of a test says all that is needed to remove it, and no other key is one', () => {
  for (const kind of TEST_KINDS) {
    const noted = { kind, contactId: CONTACT, calledAtMs: 1_796_064_708_250 };
    assert.deepEqual(testIn(testKeyOf(noted)), noted);
  }
  for (const key of [
    `tests/other/1/${CONTACT}`,
    `tests/call/soon/${CONTACT}`,
    'tests/call/1/../x',
    `recordings/2026/11/30/${CONTACT}.wav`,
    'tests/',
  ]) {
    assert.equal(testIn(key), undefined, key);
  }
});

test('the mailbox simulator’s address has the contact as its label, in 64 characters', () => {
  assert.equal(testAddress({ contactId: CONTACT }), `success+${CONTACT}@simulator.amazonses.com`);
  assert.equal(testAddress({ contactId: 'c'.repeat(128) }).split('@')[0]?.length, 64);
});
