import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID } from '../../test/contact-record.ts';
import { NOW } from '../../test/voicemails.ts';
import { checkLink } from '../domain/link-token.ts';
import { makeLink } from './make-link.ts';

const KEY = { id: 'aaaaaaaa', secret: 'k'.repeat(64) };
const DAY_MS = 86_400_000;
const BASE_URL = 'https://links.example.com/';

test('a link is valid for linkDays from the end of the call', async () => {
  const url = await linkOf({ contactId: CONTACT_ID, endedAtMs: NOW });

  const token = url.replace(`${BASE_URL}r/`, '');
  const kindAt = (nowMs: number) => checkLink(token, [KEY], nowMs).kind;
  assert.deepEqual([kindAt(NOW + 30 * DAY_MS - 1), kindAt(NOW + 30 * DAY_MS)], ['valid', 'expired']);
});

test('a link that is made later is the same', async () => {
  const call = { contactId: CONTACT_ID, endedAtMs: NOW };

  assert.equal(await linkOf(call), await linkOf(call));
});

function linkOf(call: { contactId: string; endedAtMs: number }): Promise<string> {
  return makeLink(call, {
    signingKey: async () => KEY,
    baseUrl: BASE_URL,
    linkLifeMs: 30 * DAY_MS,
  });
}
