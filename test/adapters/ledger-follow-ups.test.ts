import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ledger } from '../../src/adapters/ledger.ts';
import { inboxKeysOf } from '../../src/domain/ledger-indexes.ts';
import { changeBy } from '../../src/steps/note-follow-up.ts';
import { BILLING_ARN } from '../contact-record.ts';
import { MINUTE_MS, NOW, voicemailOf } from '../voicemails.ts';
import { startLedgerTable } from './ledger-table.ts';

const client = await startLedgerTable();
const book = ledger(client, { tableName: 'ledger', retentionMs: 30 * 1440 * MINUTE_MS, now: () => NOW });
let contacts = 0;

async function delivered() {
  const voicemail = voicemailOf({ contactId: `contact-${(contacts += 1)}` });
  const { contactId } = voicemail;
  await book.noteReceived(voicemail, NOW);
  const what = { deliveredAs: 'task', deliveredId: 'task-1', recipientArn: BILLING_ARN } as const;
  const inboxKeys = inboxKeysOf({ voicemail, state: 'delivered', ...what });
  await book.moveEntry({ contactId, from: ['received'], to: 'delivered', changes: what, inboxKeys });
  return contactId;
}

async function itemOf(contactId: string) {
  const get = new GetCommand({ TableName: 'ledger', Key: { contactId } });
  const { Item = {} } = await DynamoDBDocumentClient.from(client).send(get);
  return Item;
}

async function changeOf(contactId: string, kind: string, more: object = {}) {
  const entry = await book.findEntry(contactId);
  assert.ok(entry);
  const event = { id: kind, kind, at: 'command', atMs: NOW, ...more };
  const change = changeBy([event], entry);
  assert.ok(change);
  return change;
}

test('a voicemail is among those of its caller from the beginning, and in the inbox from its delivery', async () => {
  const voicemail = voicemailOf({ contactId: 'fresh' });
  await book.noteReceived(voicemail, NOW);
  const received = await itemOf('fresh');
  assert.deepEqual(
    [received['caller'], received['callEndedAtMs'], received['inbox']],
    ['+15555550142', voicemail.endedAtMs, undefined],
  );

  const { inbox, inboxPlace } = await itemOf(await delivered());
  assert.deepEqual([inbox, inboxPlace], ['waiting', `${BILLING_ARN}#0#${voicemail.endedAtMs}`]);
});

test('a change that was read before another is refused', async () => {
  const contactId = await delivered();
  const heard = await changeOf(contactId, 'heard');
  const taken = await changeOf(contactId, 'taken');

  assert.equal(await book.noteFollowUps(contactId, heard), true);
  assert.equal(await book.noteFollowUps(contactId, taken), false);
  assert.equal(await book.noteFollowUps(contactId, await changeOf(contactId, 'taken')), true);

  const entry = await book.findEntry(contactId);
  assert.deepEqual([entry?.followUps?.length, entry?.followUpVersion], [2, 2]);
});

test('nothing of this changes how long an entry is kept', async () => {
  const contactId = await delivered();
  const { expiresAt } = await itemOf(contactId);
  const later = ledger(client, { tableName: 'ledger', retentionMs: 99 * 1440 * MINUTE_MS, now: () => NOW });
  await later.noteFollowUps(contactId, await changeOf(contactId, 'handled'));
  assert.equal((await itemOf(contactId))['expiresAt'], expiresAt);
});

test('a delivered voicemail is opened for another delivery, once, and stays where it is in the inbox', async () => {
  const contactId = await delivered();
  const to = 'arn:aws:connect:us-east-1:111122223333:instance/i/queue/other';
  const change = { ...(await changeOf(contactId, 'assigned', { to })), dueAtMs: NOW + 1, hasComeBack: false };

  assert.equal(await book.openAgain(contactId, change), true);
  assert.equal(await book.openAgain(contactId, change), false);

  const { state, open, deliveredAs, deliveredId, deliveryRound, inboxPlace } = await itemOf(contactId);
  assert.deepEqual([state, open, deliveredAs, deliveredId], ['delivering', '1', undefined, undefined]);
  assert.deepEqual([deliveryRound, inboxPlace?.split('#')[0]], [2, to]);
  // Its second delivery does not move it back.
  await book.moveEntry({
    contactId,
    from: ['delivering'],
    to: 'delivered',
    changes: { deliveredAs: 'task', deliveredId: 'task-2', recipientArn: to },
    inboxKeys: { inbox: 'waiting', inboxPlace: 'elsewhere' },
  });
  assert.equal((await itemOf(contactId))['inboxPlace']?.split('#')[0], to);
});

test('a voicemail that came back, and is opened again, has had three deliveries', async () => {
  const contactId = await delivered();
  const end = {
    contactId,
    taskId: 'task-1',
    taskIds: ['task-1'],
    endedAtMs: NOW,
    hasAgent: false,
    reason: '',
  };
  await book.noteReturn(end, NOW);
  await book.moveEntry({
    contactId,
    from: ['delivering'],
    to: 'delivered',
    changes: { deliveredAs: 'task', deliveredId: 'task-2' },
  });

  await book.openAgain(contactId, {
    ...(await changeOf(contactId, 'reopened')),
    dueAtMs: NOW,
    hasComeBack: true,
  });

  const { deliveryRound, returnedAtMs } = await itemOf(contactId);
  assert.deepEqual([deliveryRound, returnedAtMs], [3, undefined]);
});

test('who read a voicemail before it was erased writes nothing to it', async () => {
  const contactId = await delivered();
  const change = await changeOf(contactId, 'handled');
  const erase = { UpdateExpression: 'SET erasedAtMs = :now', ExpressionAttributeValues: { ':now': NOW } };
  const Key = { contactId };
  await DynamoDBDocumentClient.from(client).send(new UpdateCommand({ TableName: 'ledger', Key, ...erase }));
  const before = await itemOf(contactId);
  const end = {
    contactId,
    taskId: 'task-1',
    taskIds: ['task-1'],
    endedAtMs: NOW,
    reason: '',
    hasAgent: false,
  };

  assert.equal(await book.noteFollowUps(contactId, change), false);
  assert.equal(await book.openAgain(contactId, { ...change, dueAtMs: NOW, hasComeBack: false }), false);
  assert.equal(await book.noteReturn(end, NOW), false);
  assert.equal(await book.noteTaskEnd(end), false);
  await book.markCleanedUp(contactId, NOW);

  assert.deepEqual(await itemOf(contactId), before);
});
