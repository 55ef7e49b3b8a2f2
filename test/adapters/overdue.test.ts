import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ledger } from '../../src/adapters/ledger.ts';
import { sweep } from '../../src/steps/sweep.ts';
import { MINUTE_MS, NOW, voicemailOf } from '../voicemails.ts';
import { startLedgerTable } from './ledger-table.ts';

const client = await startLedgerTable();
const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
let nowMs = NOW;
const book = ledger(client, { tableName: 'ledger', retentionMs: 30 * 1440 * MINUTE_MS, now: () => nowMs });
const SEVERAL = 115;

test('a page full of entries that are unreadable or of a later version does not block the voicemails after them', async () => {
  const later = await plant('later', (contactId) => ({ state: 'summarizing', summary: { contactId } }));
  const unreadable = await plant('unreadable', () => ({ state: 'recorded', voicemail: 'none' }));
  const same = await plant('same', () => ({ state: 'received' }), { dueAtMs: NOW - 5 });
  await plant('last', () => ({ state: 'received' }), { count: 1, dueAtMs: NOW - 1 });

  const first = await swept();
  const again = await swept();
  nowMs = NOW + 61 * MINUTE_MS;
  const anHourLater = await swept();
  nowMs = NOW;

  assert.deepEqual(counted(first), { 'of-later-version': SEVERAL, parked: SEVERAL, pushed: SEVERAL + 1 });
  assert.equal(first.at(-1), 'pushed last-0');
  assert.deepEqual(again, []);
  assert.deepEqual(counted(anHourLater), { 'of-later-version': SEVERAL, pushed: SEVERAL + 1 });
  assert.deepEqual(await item('later-7'), { ...later[7], dueAtMs: NOW + 121 * MINUTE_MS });
  assert.equal((await item('unreadable-7'))?.['voicemail'], unreadable[7]?.['voicemail']);
  assert.equal((await item('same-7'))?.['attempts'], 2);
  assert.equal(same.length, SEVERAL);
});

test('an entry that cannot be read is still known, and its record does not count as a new voicemail', async () => {
  const [planted] = await plant('newer', () => ({ state: 'summarizing' }), {
    count: 1,
    dueAtMs: NOW + MINUTE_MS,
  });

  const noted = await book.noteReceived(voicemailOf({ contactId: 'newer-0' }), NOW);

  assert.equal(noted, 'unreadable');
  assert.equal(await book.isKnown('newer-0'), true);
  assert.equal(await book.isKnown('nobody'), false);
  assert.deepEqual(await item('newer-0'), planted);
});

test('only one of two sweeps postpones an entry', async () => {
  await plant('twice', () => ({ state: 'summarizing' }), { count: 1, dueAtMs: NOW - 1 });
  const overdue = { contactId: 'twice-0', dueAtMs: NOW - 1, isOfLaterVersion: true };

  const postponed = await Promise.all([book.postpone(overdue, NOW + 1), book.postpone(overdue, NOW + 2)]);

  assert.deepEqual(postponed.toSorted(), [false, true]);
  assert.equal(await book.postpone({ ...overdue, contactId: 'nobody' }, NOW + 1), false);
});

/** Writes items into the table, all overdue since the same time, and returns them. */
async function plant(
  name: string,
  members: (contactId: string) => Readonly<Record<string, unknown>>,
  { count = SEVERAL, dueAtMs = NOW - 1000 }: { count?: number; dueAtMs?: number } = {},
) {
  const items = Array.from({ length: count }, (_, index) => {
    const contactId = `${name}-${index}`;
    const voicemail = { ...voicemailOf({ contactId }) };
    return { contactId, open: '1', dueAtMs, attempts: 0, voicemail, ...members(contactId) };
  });
  await Promise.all(items.map((Item) => documents.send(new PutCommand({ TableName: 'ledger', Item }))));
  return items.map((one): Readonly<Record<string, unknown>> => one);
}

async function item(contactId: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { Item } = await documents.send(new GetCommand({ TableName: 'ledger', Key: { contactId } }));
  return Item;
}

const nothing = async () => {};

async function swept(): Promise<readonly string[]> {
  const outcomes: string[] = [];
  await sweep({
    ...book,
    sendToRecording: nothing,
    sendToTranscription: nothing,
    sendToDelivery: nothing,
    putStandIn: async () => 'written',
    transcriptDeadlineMs: 30 * MINUTE_MS,
    onOverdue: (contactId, outcome) => void outcomes.push(`${outcome} ${contactId}`),
    now: () => nowMs,
  });
  return outcomes;
}

function counted(outcomes: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes.map((one) => one.split(' ')[0] ?? ''))
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
