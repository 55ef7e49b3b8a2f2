import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BILLING_ARN, CONTACT_ID } from '../../test/contact-record.ts';
import { fakeLedger } from '../../test/fake-ledger.ts';
import { entryOf, NOW, voicemailOf } from '../../test/voicemails.ts';
import { RetryableError } from '../domain/errors.ts';
import type { FollowUpEvent } from '../domain/follow-up.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import { noteFollowUp } from './note-follow-up.ts';

const DELIVERED = entryOf({
  state: 'delivered',
  deliveredAs: 'task',
  deliveredId: 'task-1',
  recipientArn: BILLING_ARN,
});
const TAKEN: FollowUpEvent = { id: 't', kind: 'taken', at: 'task', atMs: NOW, taskId: 'task-1' };
const NEWS = { contactId: CONTACT_ID, events: [TAKEN], taskIds: ['task-1'] };

function ledgerWith(...entries: readonly LedgerEntry[]) {
  const { ports, kept } = fakeLedger(entries);
  return { ports, entry: () => kept.get(CONTACT_ID) };
}

test('what happened is noted once, and moves the voicemail in the inbox', async () => {
  const { ports, entry } = ledgerWith(DELIVERED);

  assert.equal(await noteFollowUp(NEWS, ports), 'noted');
  assert.equal(await noteFollowUp(NEWS, ports), 'known');

  const { followUps, followUpVersion, inboxPlace } = entry() ?? {};
  assert.deepEqual([followUps, followUpVersion], [[TAKEN], 1]);
  assert.match(inboxPlace ?? '', /#2#\d{13}$/);
});

test('of two who note something at once, neither is lost', async () => {
  const { ports, entry } = ledgerWith(DELIVERED);
  const heard = { contactId: CONTACT_ID, events: [{ id: 'h', kind: 'heard', at: 'link', atMs: NOW - 1 }] };

  await Promise.all([noteFollowUp(NEWS, ports), noteFollowUp(heard, ports)]);

  assert.deepEqual(
    entry()?.followUps?.map(({ id }) => id),
    ['h', 't'],
  );
});

test('a task that was not the one delivered, a test voicemail and an unknown contact change nothing', async () => {
  const isTest = { ...DELIVERED, voicemail: voicemailOf({ isTest: true }) };
  const other = { ...NEWS, taskIds: ['task-9'] };
  assert.equal(await noteFollowUp(other, ledgerWith(DELIVERED).ports), 'not-ours');
  assert.equal(await noteFollowUp(NEWS, ledgerWith(isTest).ports), 'not-ours');
  assert.equal(await noteFollowUp(NEWS, ledgerWith().ports), 'not-ours');
});

test('what comes before the delivery is noted waits for it', async () => {
  const { ports } = ledgerWith(entryOf({ state: 'delivering' }));

  const failure = await noteFollowUp(NEWS, ports).catch((error: unknown) => error);

  assert.ok(failure instanceof RetryableError);
  assert.deepEqual([failure.code, failure.retryWithinMs], ['NOT_READY', 60_000]);
});

test('while others always change the entry first, it is tried again later', async () => {
  const { ports } = ledgerWith(DELIVERED);
  const busy = { ...ports, noteFollowUps: async () => false };
  await assert.rejects(noteFollowUp(NEWS, busy), { code: 'NOT_READY' });
});

test('nothing is noted of a voicemail that was erased', async () => {
  const { ports } = ledgerWith({ ...DELIVERED, erasedAtMs: NOW });
  assert.equal(await noteFollowUp(NEWS, ports), 'not-ours');
});
