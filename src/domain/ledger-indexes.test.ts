import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BILLING_ARN } from '../../test/contact-record.ts';
import { entryOf, voicemailOf } from '../../test/voicemails.ts';
import { callerKeyOf } from './caller-key.ts';
import type { FollowUpEvent } from './follow-up.ts';
import { inboxKeysOf } from './ledger-indexes.ts';

const ENDED = Date.parse('2026-03-04T14:01:09Z');
const DELIVERED = entryOf({ state: 'delivered', deliveredAs: 'task', recipientArn: BILLING_ARN });
const HANDLED: FollowUpEvent = { id: 'h', kind: 'handled', at: 'inbox', atMs: ENDED + 1, outcome: 'other' };

test('one caller has one key, however the number was written', () => {
  for (const from of ['+15555550142', '+1 (555) 555-0142', 'tel:+15555550142', '+15555550142;ext=7'])
    assert.equal(callerKeyOf({ from }), '+15555550142');
  assert.equal(callerKeyOf({ from: 'sip:ana@acme.example' })?.startsWith('sip:ana'), true);
});

test('who cannot be named, and a test voicemail, are in no index', () => {
  assert.equal(callerKeyOf({ from: undefined }), undefined);
  assert.equal(callerKeyOf({ from: 'anonymous' }), undefined);
  assert.equal(callerKeyOf({ from: '+15555550142', isTest: true }), undefined);
  assert.equal(inboxKeysOf({ ...DELIVERED, voicemail: voicemailOf({ isTest: true }) }), undefined);
});

test('keys stay within the limits of DynamoDB, whatever a flow has set', () => {
  assert.equal(callerKeyOf({ from: 'x'.repeat(30_000) })?.length, 250);
  const voicemail = voicemailOf({ queueArn: `arn:${'x#'.repeat(2000)}` });
  assert.match(inboxKeysOf(entryOf({ deliveredAs: 'task', voicemail }))?.inboxPlace ?? '', /^-#0#/);
});

function place(followUps?: readonly FollowUpEvent[]) {
  return inboxKeysOf({ ...DELIVERED, followUps });
}

test('a voicemail waits for its recipient, by stage and age', () => {
  const age = String(ENDED);
  assert.deepEqual(place(), { inbox: 'waiting', inboxPlace: `${BILLING_ARN}#0#${age}` });
  assert.equal(place([{ ...HANDLED, kind: 'taken', id: 't' }])?.inboxPlace, `${BILLING_ARN}#2#${age}`);
  assert.equal(
    place([{ ...HANDLED, kind: 'assigned', to: 'arn:aws:other' }])?.inboxPlace,
    `arn:aws:other#0#${age}`,
  );
});

test('a handled voicemail is with those of its day', () => {
  const keys = inboxKeysOf({ ...DELIVERED, followUps: [HANDLED] });
  assert.equal(keys?.inbox, 'handled/2026-03-04');
});

test('one of which nothing was delivered does not wait, and one that comes back does', () => {
  assert.equal(inboxKeysOf(entryOf({ state: 'transcribing' })), undefined);
  assert.equal(inboxKeysOf(entryOf({ state: 'parked' }))?.inbox, 'parked');
  assert.equal(inboxKeysOf(entryOf({ state: 'delivering', recipientArn: BILLING_ARN }))?.inbox, 'waiting');
  // An entry of an earlier version.
  assert.equal(inboxKeysOf(entryOf({ state: 'delivered', deliveredAs: 'email' }))?.inbox, 'waiting');
});
