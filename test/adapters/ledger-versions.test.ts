import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ledger } from '../../src/adapters/ledger.ts';
import { LEDGER_SCHEMA_VERSION } from '../../src/domain/ledger-entry.ts';
import { parseVoicemail } from '../../src/domain/voicemail.ts';
import { MINUTE_MS, NOW, voicemailOf } from '../voicemails.ts';
import { startLedgerTable } from './ledger-table.ts';

const client = await startLedgerTable();
const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
const book = ledger(client, { tableName: 'ledger', retentionMs: 30 * 1440 * MINUTE_MS, now: () => NOW });

test('every entry names the version of the schema that made it', async () => {
  const contactId = 'made-by-this-version';
  await book.noteReceived(voicemailOf({ contactId }), NOW);
  const voicemail = voicemailOf({ contactId: 'made-from-a-recording' });
  await book.moveEntry({
    contactId: voicemail.contactId,
    from: [],
    to: 'transcribing',
    dueAtMs: NOW,
    changes: { voicemail },
  });

  assert.equal((await item(contactId))['schemaVersion'], LEDGER_SCHEMA_VERSION);
  assert.equal((await item(voicemail.contactId))['schemaVersion'], LEDGER_SCHEMA_VERSION);
});

test('an entry from before there were versions is read, and goes through its life', async () => {
  const contactId = 'without-version';
  await plant({
    contactId,
    state: 'received',
    open: '1',
    dueAtMs: NOW,
    voicemail: voicemailOf({ contactId }),
  });

  assert.equal((await book.findEntry(contactId))?.attempts, 0);
  await deliver(contactId);

  const { state, deliveredAs, schemaVersion } = await item(contactId);
  assert.deepEqual([state, deliveredAs, schemaVersion], ['delivered', 'email', LEDGER_SCHEMA_VERSION]);
});

test('members that a later version added to an entry stay after every change', async () => {
  const contactId = 'of-a-later-version';
  const voicemail = { ...voicemailOf({ contactId }), channel: 'CHAT' };
  await plant({
    contactId,
    schemaVersion: LEDGER_SCHEMA_VERSION + 1,
    state: 'received',
    open: '1',
    dueAtMs: NOW,
    voicemail,
    summary: { text: 'wants to be called back' },
    mailing: { atMs: NOW, tries: 1, pool: 'dedicated' },
  });

  await deliver(contactId);

  const { schemaVersion, summary, voicemail: kept, mailing } = await item(contactId);
  assert.equal(schemaVersion, LEDGER_SCHEMA_VERSION + 1);
  assert.deepEqual(summary, { text: 'wants to be called back' });
  assert.partialDeepStrictEqual(kept, { contactId, channel: 'CHAT' });
  assert.deepEqual(mailing, {
    atMs: NOW + 1,
    tries: 2,
    givenUp: 'REFUSED',
    pool: 'dedicated',
    messageId: 'mail-1',
  });
});

test('an entry in a state of a later version is not leased, moved or called malformed', async () => {
  const contactId = 'summarizing';
  const planted = {
    contactId,
    schemaVersion: LEDGER_SCHEMA_VERSION + 1,
    state: 'summarizing',
    open: '1',
    dueAtMs: NOW,
    voicemail: JSON.parse(JSON.stringify(voicemailOf({ contactId }))),
  };
  await plant(planted);

  await assert.rejects(book.findEntry(contactId), { code: 'LATER_VERSION' });
  assert.equal(await book.leaseDelivery(leaseOf(contactId)), false);
  assert.equal(await book.leaseTranscribed(leaseOf(contactId), 'recordings/2026/03/04/mine.wav'), undefined);
  const move = { contactId, from: ['received', 'recorded', 'parked'], to: 'parked' } as const;
  assert.equal(await book.moveEntry(move), false);

  assert.deepEqual(await item(contactId), planted);
});

test('an entry that waits for its transcript and that only a later version can read is not leased for it', async () => {
  const recordingKey = 'recordings/2026/03/04/mine.wav';
  const { recording, ...voicemail } = voicemailOf();
  const waiting = {
    state: 'transcribing',
    open: '1',
    dueAtMs: NOW,
    attempts: 0,
    recordingKey,
    schemaVersion: 1,
  };
  for (const [index, later] of [
    { voicemail: { ...voicemail, recording: { ...recording, kind: 'chime' } } },
    { voicemail, mailing: { atMs: NOW, tries: 1, givenUp: 'QUARANTINED' } },
    { voicemail, deliveredAs: 'sms' },
    { voicemail, schemaVersion: 2 },
  ].entries()) {
    const planted = { contactId: `later-${index}`, ...waiting, ...later };
    await plant(planted);

    assert.equal(await book.leaseTranscribed(leaseOf(planted.contactId), recordingKey), undefined);

    assert.deepEqual(await item(planted.contactId), planted);
  }
});

/** Every change that steps make to an entry, up to its end. */
async function deliver(contactId: string): Promise<void> {
  const received = await book.findEntry(contactId);
  assert.ok(received);
  await book.notePush(received, NOW + 1);
  await book.postpone({ contactId, dueAtMs: NOW + 1, isOfLaterVersion: false }, NOW + 2);
  const voicemail = parseVoicemail(JSON.parse(JSON.stringify(received.voicemail)));
  await book.moveEntry({
    contactId,
    from: ['received'],
    to: 'recorded',
    dueAtMs: NOW,
    changes: { voicemail },
  });
  assert.equal(await book.leaseDelivery(leaseOf(contactId)), true);
  await book.releaseDelivery(contactId);
  assert.equal(await book.leaseDelivery(leaseOf(contactId)), true);
  const before = (await book.findEntry(contactId))?.mailing;
  const second = { atMs: NOW + 1, tries: 2 };
  assert.equal(await book.noteMailing(contactId, { before, now: second }), true);
  const givenUp = { ...second, givenUp: 'REFUSED' } as const;
  assert.equal(await book.noteMailing(contactId, { before: second, now: givenUp }), true);
  await book.noteMailSent(contactId, 'mail-1');
  const changes = { deliveredAs: 'email', deliveredId: 'mail-1', notes: [] } as const;
  assert.equal(await book.moveEntry({ contactId, from: ['delivering'], to: 'delivered', changes }), true);
  await book.markCleanedUp(contactId, NOW);
}

function leaseOf(contactId: string) {
  return { contactId, nowMs: NOW, untilMs: NOW + MINUTE_MS, dueAtMs: NOW + 20 * MINUTE_MS };
}

async function plant(entry: Readonly<Record<string, unknown>>): Promise<void> {
  await documents.send(new PutCommand({ TableName: 'ledger', Item: { ...entry } }));
}

async function item(contactId: string): Promise<Readonly<Record<string, unknown>>> {
  const { Item = {} } = await documents.send(
    new GetCommand({ TableName: 'ledger', Key: { contactId }, ConsistentRead: true }),
  );
  return Item;
}
