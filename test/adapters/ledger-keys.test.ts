import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  paginateScan,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { type LedgerKeys, ledgerKeys } from '../../cli/aws/ledger-keys.ts';
import { reindexLedger } from '../../cli/reindex/reindex-ledger.ts';
import { createClock } from '../../simulator/clock.ts';
import { startTestGateway } from '../../simulator/gateway/gateway.fixture.ts';
import { createDynamodb } from '../../simulator/services/dynamodb/dynamodb.ts';
import { callerKeyOf } from '../../src/domain/caller-key.ts';
import { NOW, voicemailOf } from '../voicemails.ts';
import { LEDGER_TABLE } from './ledger-table.ts';

/** More than a page. */
const ENTRIES = 600;
const BROKEN_OFF_AFTER = 200;
const TableName = LEDGER_TABLE.name;

const clock = createClock('real');
const dynamodb = createDynamodb({ clock });
const { endpoint, credentials, close } = await startTestGateway([dynamodb.service], { clock });
after(close);
const place = { endpoint, credentials, region: 'us-east-1' };
const client = DynamoDBDocumentClient.from(new DynamoDBClient(place), {
  marshallOptions: { removeUndefinedValues: true },
});

type Item = Readonly<Record<string, unknown>>;

function delivered(contactId: string, others: Item = {}): Item {
  const made = { deliveredAs: 'task', deliveredId: `task of ${contactId}`, deliveredAtMs: NOW };
  return {
    contactId,
    schemaVersion: 1,
    state: 'delivered',
    ...made,
    voicemail: voicemailOf({ contactId }),
    ...others,
  };
}

async function fill(items: readonly Item[]): Promise<void> {
  await dynamodb.createTable(LEDGER_TABLE);
  for (let from = 0; from < items.length; from += 25) {
    const requests = items.slice(from, from + 25).map((item) => ({ PutRequest: { Item: item } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [TableName]: requests } }));
  }
}

const Entry = z.looseObject({ contactId: z.string() });

async function entries() {
  const found = new Map<string, Item>();
  for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
    for (const item of z.array(Entry).parse(Items)) found.set(item.contactId, item);
  }
  return found;
}

async function reindex(keys: LedgerKeys = ledgerKeys(TableName, place)) {
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const code = await reindexLedger(keys, { out: say, err: say });
  return { code, heard: said.join('\n') };
}

test('a ledger of several pages is filled, also if it is broken off, and nothing else of it changes', async (t) => {
  const items = Array.from({ length: ENTRIES }, (_, one) => delivered(`contact-${one}`));
  await fill(items);
  t.after(() => dynamodb.deleteTable(TableName));
  const keys = ledgerKeys(TableName, place);
  let fills = 0;
  const breaking: LedgerKeys = {
    ...keys,
    fill(item, members) {
      fills += 1;
      return fills > BROKEN_OFF_AFTER ? Promise.reject(new Error('broken off')) : keys.fill(item, members);
    },
  };
  await assert.rejects(reindex(breaking), /broken off/);

  const { code, heard } = await reindex();

  assert.equal(code, 0);
  const [, rest = ''] = /(\d+) entries of the ledger filled/.exec(heard) ?? [];
  assert.ok(Number(rest) <= ENTRIES - BROKEN_OFF_AFTER + 8, `what was filled is not filled again: ${rest}`);
  const found = await entries();
  assert.equal(found.size, ENTRIES);
  for (const item of items) {
    const { caller, callEndedAtMs, inbox, inboxPlace, ...others } =
      found.get(String(item['contactId'])) ?? {};
    assert.deepEqual(others, JSON.parse(JSON.stringify(item)));
    assert.deepEqual([caller, callEndedAtMs], ['+15555550142', voicemailOf().endedAtMs]);
    assert.ok(typeof inbox === 'string' && typeof inboxPlace === 'string');
  }
  assert.match((await reindex()).heard, /^0 entries of the ledger filled/);
});

test('what is there stays, a later version’s entry is left alone, and what cannot be read is counted', async (t) => {
  const withheld = voicemailOf({ contactId: 'withheld', from: 'anonymous' });
  assert.equal(callerKeyOf(withheld), undefined);
  const items = [
    delivered('has-caller', { caller: 'another', callEndedAtMs: 7 }),
    delivered('later', { schemaVersion: 2 }),
    delivered('later-name', { deliveredAs: 'hologram' }),
    delivered('broken', { voicemail: { contactId: 'broken' } }),
    delivered('withheld', { voicemail: withheld }),
    {
      contactId: 'on-its-way',
      state: 'transcribing',
      voicemail: voicemailOf({ contactId: 'on-its-way' }),
    },
  ];
  await fill(items);
  t.after(() => dynamodb.deleteTable(TableName));

  const { code, heard } = await reindex();

  assert.equal(code, 1);
  assert.match(heard, /3 entries of the ledger filled[^]*later version: 2\.\nNot read: 1\./);
  const found = await entries();
  for (const id of ['later', 'later-name', 'broken']) {
    assert.deepEqual(
      found.get(id),
      JSON.parse(JSON.stringify(items.find(({ contactId }) => contactId === id))),
    );
  }
  assert.partialDeepStrictEqual(found.get('has-caller'), { caller: 'another', callEndedAtMs: 7 });
  assert.ok(found.get('has-caller')?.['inbox']);
  assert.equal(found.get('withheld')?.['caller'], undefined);
  assert.equal(found.get('on-its-way')?.['inbox'], undefined);
});

test('an entry that has come to another state meanwhile is not touched, nor one that is gone', async (t) => {
  await fill([delivered('returned'), delivered('expired')]);
  t.after(() => dynamodb.deleteTable(TableName));
  const keys = ledgerKeys(TableName, place);
  const { heard } = await reindex({
    ...keys,
    async fill(item, members) {
      const { contactId } = item;
      if (contactId === 'returned') {
        await client.send(
          new UpdateCommand({
            TableName,
            Key: { contactId },
            UpdateExpression: 'SET #state = :delivering REMOVE deliveredId',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: { ':delivering': 'delivering' },
          }),
        );
      }
      return keys.fill(contactId === 'expired' ? { ...item, contactId: 'gone' } : item, members);
    },
  });

  assert.match(heard, /Changed meanwhile: 2\. Run npx vmx reindex once more/);
  const found = await entries();
  assert.deepEqual([...found.keys()].toSorted(), ['expired', 'returned']);
  assert.equal(found.get('returned')?.['inbox'], undefined);
});
