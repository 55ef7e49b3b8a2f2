import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ledger } from '../../src/adapters/ledger.ts';
import type { Mailing } from '../../src/domain/ledger-entry.ts';
import { MINUTE_MS, NOW, voicemailOf } from '../voicemails.ts';
import { startLedgerTable } from './ledger-table.ts';

const client = await startLedgerTable();
const book = ledger(client, { tableName: 'ledger', retentionMs: 30 * 1440 * MINUTE_MS, now: () => NOW });
let contacts = 0;

/** A voicemail that no other test knows, noted as received. */
async function received() {
  const voicemail = voicemailOf({ contactId: `contact-${(contacts += 1)}` });
  assert.equal(await book.noteReceived(voicemail, NOW + MINUTE_MS), undefined);
  return { voicemail, contactId: voicemail.contactId };
}

test('a voicemail is noted once, and a second try gets the existing entry', async () => {
  const { voicemail, contactId } = await received();

  const known = await book.noteReceived(voicemailOf({ contactId, from: '+15555550199' }), NOW);

  const entry = { contactId, state: 'received', dueAtMs: NOW + MINUTE_MS, attempts: 0, voicemail };
  assert.deepEqual(JSON.parse(JSON.stringify(known)), JSON.parse(JSON.stringify(entry)));
});

test('a mail is noted before it is sent, once, and taken back when it was not', async () => {
  const { contactId } = await received();
  const first = { atMs: NOW, tries: 1 };
  const second = { atMs: NOW + MINUTE_MS, tries: 2 };
  const note = (before: Mailing | undefined, now: Mailing | undefined) =>
    book.noteMailing(contactId, { before, now });
  assert.equal(await note(undefined, first), false, 'not while it is not being delivered');
  await book.leaseDelivery({ contactId, nowMs: NOW, untilMs: NOW + MINUTE_MS, dueAtMs: NOW + MINUTE_MS });

  assert.equal(await note(undefined, first), true);
  assert.equal(await note(undefined, first), true, 'the SDK’s second try is no other');
  assert.equal(await note(undefined, second), false);
  assert.deepEqual((await book.findEntry(contactId))?.mailing, first);
  assert.equal(await note(first, second), true);
  assert.equal(await note(second, first), true);
  assert.equal(await note(first, { ...first, givenUp: 'REFUSED' }), true);
  assert.deepEqual((await book.findEntry(contactId))?.mailing, { ...first, givenUp: 'REFUSED' });
  assert.equal(await note(first, undefined), true);
  assert.equal((await book.findEntry(contactId))?.mailing, undefined);
});

test('SES’s report that a mail was sent is noted while that is uncertain, and only then', async () => {
  const { contactId } = await received();
  await book.leaseDelivery({ contactId, nowMs: NOW, untilMs: NOW + MINUTE_MS, dueAtMs: NOW + MINUTE_MS });
  const mailing = { atMs: NOW, tries: 1 };

  await book.noteMailSent(contactId, 'mail-0');
  assert.equal((await book.findEntry(contactId))?.mailing, undefined);
  await book.noteMailing(contactId, { before: undefined, now: mailing });
  await book.noteMailSent(contactId, 'mail-1');

  assert.deepEqual((await book.findEntry(contactId))?.mailing, { ...mailing, messageId: 'mail-1' });
  assert.equal(await book.noteMailing(contactId, { before: mailing, now: { ...mailing, tries: 2 } }), false);
});

test('a voicemail moves only from the allowed states', async () => {
  const { contactId } = await received();
  const move = { contactId, from: ['received'], to: 'recorded', dueAtMs: NOW } as const;

  assert.equal(await book.moveEntry(move), true);
  assert.equal(await book.moveEntry(move), false);

  assert.equal((await book.findEntry(contactId))?.state, 'recorded');
});

test('a voicemail that is not in the ledger is entered only if its data are given', async () => {
  const voicemail = voicemailOf({ contactId: 'unheard-of' });
  const move = { contactId: 'unheard-of', from: ['received'], to: 'transcribing', dueAtMs: NOW } as const;

  assert.equal(await book.moveEntry(move), false);
  assert.equal(await book.findEntry('unheard-of'), undefined);
  assert.equal(await book.moveEntry({ ...move, changes: { voicemail } }), true);
});

test('only one of two deliveries gets the lease of a voicemail, until it expires or is given back', async () => {
  const { contactId } = await received();
  const lease = { contactId, nowMs: NOW, untilMs: NOW + MINUTE_MS, dueAtMs: NOW + 20 * MINUTE_MS };

  const both = await Promise.all([book.leaseDelivery(lease), book.leaseDelivery(lease)]);
  assert.deepEqual(both.toSorted(), [false, true]);

  assert.equal(await book.leaseDelivery({ ...lease, nowMs: NOW + MINUTE_MS }), false);
  assert.equal(await book.leaseDelivery({ ...lease, nowMs: NOW + MINUTE_MS + 1 }), true);
  await book.releaseDelivery(contactId);
  assert.equal(await book.leaseDelivery(lease), true);
});

test('a voicemail that waits for its transcript is leased and read with one call, and any other is left as it is', async () => {
  const { contactId } = await received();
  const lease = { contactId, nowMs: NOW, untilMs: NOW + MINUTE_MS, dueAtMs: NOW + 20 * MINUTE_MS };
  const recordingKey = 'recordings/2026/03/04/mine.wav';
  const changes = { recordingKey, sizeBytes: 16_044, isComplete: true, isBlank: false };
  const asItWas = await book.findEntry(contactId);
  assert.equal(await book.leaseTranscribed(lease, recordingKey), undefined);
  assert.deepEqual(await book.findEntry(contactId), asItWas);
  await book.moveEntry({ contactId, from: ['received'], to: 'transcribing', dueAtMs: NOW, changes });
  assert.equal(await book.leaseTranscribed(lease, 'recordings/2020/01/01/mine.wav'), undefined);
  assert.equal((await book.findEntry(contactId))?.state, 'transcribing');

  const both = await Promise.all([
    book.leaseTranscribed(lease, recordingKey),
    book.leaseTranscribed(lease, recordingKey),
  ]);

  const [leased, ...others] = both.filter((entry) => entry !== undefined);
  assert.deepEqual(others, []);
  assert.partialDeepStrictEqual(leased, {
    contactId,
    state: 'delivering',
    sizeBytes: 16_044,
    isBlank: false,
  });
  assert.equal(await book.leaseDelivery(lease), false);
  await book.releaseDelivery(contactId);
  assert.equal(await book.leaseTranscribed(lease, recordingKey), undefined);
  assert.equal(await book.leaseDelivery(lease), true);
});

test('a delivered voicemail cannot be leased again', async () => {
  const { contactId } = await received();
  const lease = { contactId, nowMs: NOW, untilMs: NOW + MINUTE_MS, dueAtMs: NOW + 20 * MINUTE_MS };
  await book.leaseDelivery(lease);
  await book.moveEntry({
    contactId,
    from: ['delivering'],
    to: 'delivered',
    changes: { deliveredAs: 'task', deliveredId: 'task-1' },
  });

  assert.equal(await book.leaseDelivery({ ...lease, nowMs: NOW + 10 * MINUTE_MS }), false);
  assert.equal((await book.findEntry(contactId))?.deliveredAs, 'task');
});

test('a voicemail of which something was delivered is not opened again, also by a late step', async () => {
  const { contactId, voicemail } = await received();
  const delivered = { deliveredAs: 'task', failureCode: 'NO_AUDIO' } as const;
  await book.moveEntry({ contactId, from: ['received'], to: 'parked', changes: delivered });
  const late = { contactId, from: ['received', 'parked'], to: 'recorded', dueAtMs: NOW } as const;

  assert.equal(await book.moveEntry({ ...late, changes: { voicemail } }), false);
  assert.equal((await book.findEntry(contactId))?.dueAtMs, undefined);
});

test('a voicemail past its due time is found until it is at an end', async () => {
  const { contactId } = await received();
  const overdueAt = async (nowMs: number) =>
    (await book.findOverdue(nowMs)).overdue.some((one) => one.contactId === contactId);

  assert.equal(await overdueAt(NOW + MINUTE_MS), false);
  assert.equal(await overdueAt(NOW + MINUTE_MS + 1), true);
  await book.moveEntry({ contactId, from: ['received'], to: 'parked' });
  assert.equal(await overdueAt(NOW + MINUTE_MS + 1), false);
});

test('a voicemail that somebody moved on meanwhile is not given up', async () => {
  const { contactId } = await received();
  const park = { contactId, from: ['received'], to: 'parked', ifDueAtMs: NOW } as const;

  assert.equal(await book.moveEntry(park), false);
  assert.equal(await book.moveEntry({ ...park, ifDueAtMs: NOW + MINUTE_MS }), true);
});

test('only one of two sweeps pushes a voicemail', async () => {
  const { contactId } = await received();
  const entry = await book.findEntry(contactId);
  assert.ok(entry);

  const pushes = await Promise.all([book.notePush(entry, NOW + 1), book.notePush(entry, NOW + 2)]);

  assert.deepEqual(pushes.toSorted(), [false, true]);
  assert.equal((await book.findEntry(contactId))?.attempts, 1);
});

test('the count of pushes starts again after a voicemail moved on', async () => {
  const { contactId } = await received();
  const entry = await book.findEntry(contactId);
  assert.ok(entry);
  await book.notePush(entry, NOW);

  await book.moveEntry({ contactId, from: ['received'], to: 'recorded', dueAtMs: NOW + MINUTE_MS });

  assert.equal((await book.findEntry(contactId))?.attempts, 0);
});

test('the end of a task is noted once, and only of the task that was delivered', async () => {
  const { contactId } = await received();
  const changes = { deliveredAs: 'task', deliveredId: 'task-1' } as const;
  await book.moveEntry({ contactId, from: ['received'], to: 'delivered', changes });
  const end = {
    contactId,
    taskId: 'task-1b',
    taskIds: ['task-1b', 'task-1'],
    endedAtMs: NOW,
    hasAgent: true,
    reason: 'AGENT_DISCONNECT',
  };

  assert.equal(await book.noteTaskEnd({ ...end, taskIds: ['other'] }), false);
  assert.equal(await book.noteTaskEnd(end), true);
  assert.equal(await book.noteTaskEnd(end), false);

  const { taskEnd } = (await book.findEntry(contactId)) ?? {};
  assert.deepEqual(taskEnd, { taskId: 'task-1b', atMs: NOW, reason: 'AGENT_DISCONNECT', hasAgent: true });
});

test('a voicemail comes back once: it is open, can be delivered, and does not come back a second time', async () => {
  const { contactId } = await received();
  const deliver = (deliveredId: string) =>
    book.moveEntry({
      contactId,
      from: ['received', 'delivering'],
      to: 'delivered',
      changes: { deliveredAs: 'task', deliveredId },
    });
  const endOf = (taskId: string) => ({
    contactId,
    taskId,
    taskIds: [taskId],
    endedAtMs: NOW,
    hasAgent: false,
    reason: 'EXPIRED',
  });
  await deliver('task-1');

  assert.equal(await book.noteReturn(endOf('task-2'), NOW + MINUTE_MS), false);
  assert.equal(await book.noteReturn(endOf('task-1'), NOW + MINUTE_MS), true);
  const { state, deliveredAs, dueAtMs, returnedAtMs } = (await book.findEntry(contactId)) ?? {};
  assert.deepEqual(
    [state, deliveredAs, dueAtMs, returnedAtMs],
    ['delivering', undefined, NOW + MINUTE_MS, NOW],
  );
  const { overdue } = await book.findOverdue(NOW + 2 * MINUTE_MS);
  assert.ok(overdue.some((one) => one.contactId === contactId));

  const lease = { contactId, nowMs: NOW, untilMs: NOW + MINUTE_MS, dueAtMs: NOW + MINUTE_MS };
  assert.equal(await book.leaseDelivery(lease), true);
  assert.equal(await deliver('task-2'), true);
  assert.equal(await book.noteReturn(endOf('task-2'), NOW), false);
});
