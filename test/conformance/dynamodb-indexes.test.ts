import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type GlobalSecondaryIndexUpdate,
  LimitExceededException,
  ResourceInUseException,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { createClock } from '../../simulator/clock.ts';
import type { JsonObject } from '../../simulator/gateway/protocols.ts';
import { createDynamodb } from '../../simulator/services/dynamodb/dynamodb.ts';
import { simulatorOnly, startTarget } from './setup.ts';

const TableName = 'conformance-indexes';
const ROOM_MS = 200_000;
const ITEM_MS = 10_000;

const indexOn = (name: string) => ({
  IndexName: `by-${name}`,
  KeySchema: [{ AttributeName: name, KeyType: 'HASH' as const }],
  Projection: { ProjectionType: 'KEYS_ONLY' as const },
});
const creation = (name: string): GlobalSecondaryIndexUpdate => ({ Create: indexOn(name) });
const deletion = (name: string): GlobalSecondaryIndexUpdate => ({ Delete: { IndexName: `by-${name}` } });

function propertiesWith(...names: readonly string[]): JsonObject {
  return {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['contactId', ...names].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: [{ AttributeName: 'contactId', KeyType: 'HASH' }],
    ...(names.length > 0 && { GlobalSecondaryIndexes: names.map(indexOn) }),
  };
}

/** A table with one index, `by-inbox`, and with so many items. */
async function tableWith(t: TestContext, items: number) {
  const clock = createClock('real');
  const dynamodb = createDynamodb({ clock, indexMs: ROOM_MS, indexItemMs: ITEM_MS });
  await dynamodb.createTable({ name: TableName, properties: propertiesWith('inbox') });
  const { client: settings, close } = await startTarget([dynamodb.service], { clock });
  const client = new DynamoDBClient({ ...settings, maxAttempts: 1 });
  const documents = DynamoDBDocumentClient.from(client);
  t.after(async () => {
    client.destroy();
    await close();
    clock.stop();
  });
  for (let from = 0; from < items; from += 25) {
    const contacts = Array.from({ length: Math.min(25, items - from) }, (_, one) => `contact-${from + one}`);
    const RequestItems = {
      [TableName]: contacts.map((contactId) => ({
        PutRequest: { Item: { contactId, inbox: 'sales', caller: `caller of ${contactId}` } },
      })),
    };
    await documents.send(new BatchWriteCommand({ RequestItems }));
  }
  const described = async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const indexes = (Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName, IndexStatus, Backfilling }) => [
      IndexName,
      IndexStatus,
      ...(Backfilling === undefined ? [] : [Backfilling]),
    ]);
    return { status: Table?.TableStatus, indexes, id: Table?.TableId, madeAt: Table?.CreationDateTime };
  };
  return {
    clock,
    dynamodb,
    client,
    described,
    update: (...GlobalSecondaryIndexUpdates: readonly GlobalSecondaryIndexUpdate[]) =>
      client.send(
        new UpdateTableCommand({
          TableName,
          AttributeDefinitions: ['inbox', 'caller', 'flag'].map((AttributeName) => ({
            AttributeName,
            AttributeType: 'S',
          })),
          GlobalSecondaryIndexUpdates: [...GlobalSecondaryIndexUpdates],
        }),
      ),
    query: (name: string, value: string) =>
      documents.send(
        new QueryCommand({
          TableName,
          IndexName: `by-${name}`,
          KeyConditionExpression: '#key = :value',
          ExpressionAttributeNames: { '#key': name },
          ExpressionAttributeValues: { ':value': value },
        }),
      ),
  };
}

function limit(error: unknown): true {
  assert.ok(error instanceof LimitExceededException);
  assert.equal(
    error.message,
    'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
  );
  return true;
}

function inUse(error: unknown): true {
  assert.ok(error instanceof ResourceInUseException);
  assert.match(error.message, /still in use: Table is being updated: conformance-indexes$/);
  return true;
}

test(
  'an index of a filled table has room made for it, is filled, and is read then',
  simulatorOnly,
  async (t) => {
    const { clock, described, update, query } = await tableWith(t, 30);
    const { id, madeAt } = await described();

    const { TableDescription } = await update(creation('caller'));

    assert.equal(TableDescription?.TableStatus, 'UPDATING');
    const before = ['by-inbox', 'ACTIVE'];
    const making = { indexes: [before, ['by-caller', 'CREATING', false]], status: 'UPDATING', id, madeAt };
    assert.deepEqual(await described(), making);
    const refused = {
      name: 'ValidationException',
      message: 'Cannot read from backfilling global secondary index: by-caller',
    };
    await assert.rejects(query('caller', 'caller of contact-7'), refused);
    assert.equal((await query('inbox', 'sales')).Count, 30);

    clock.advance(ROOM_MS);
    const filling = { indexes: [before, ['by-caller', 'CREATING', true]], status: 'ACTIVE', id, madeAt };
    assert.deepEqual(await described(), filling);
    await assert.rejects(query('caller', 'caller of contact-7'), refused);

    clock.advance(30 * ITEM_MS);
    const ready = { indexes: [before, ['by-caller', 'ACTIVE', false]], status: 'ACTIVE', id, madeAt };
    assert.deepEqual(await described(), ready);
    assert.equal((await query('caller', 'caller of contact-7')).Count, 1);
  },
);

test('it takes longer the more items there are', simulatorOnly, async (t) => {
  for (const items of [0, 100]) {
    const { clock, described, update } = await tableWith(t, items);
    await update(creation('caller'));
    clock.advance(ROOM_MS + ITEM_MS);

    assert.equal((await described()).indexes.at(-1)?.[1], items === 0 ? 'ACTIVE' : 'CREATING');
  }
});

test('one index comes or goes at a time', simulatorOnly, async (t) => {
  const { clock, client, described, update } = await tableWith(t, 1);
  await assert.rejects(update(creation('caller'), creation('flag')), limit);
  await assert.rejects(update(creation('caller'), deletion('inbox')), limit);
  assert.deepEqual((await described()).indexes, [['by-inbox', 'ACTIVE']]);

  await update(creation('caller'));
  await assert.rejects(update(creation('flag')), inUse);
  await assert.rejects(update(deletion('caller')), inUse);
  clock.advance(ROOM_MS);
  await assert.rejects(update(creation('flag')), limit);
  await assert.rejects(update(deletion('inbox')), limit);
  await assert.rejects(client.send(new DeleteTableCommand({ TableName })), inUse);

  await update(deletion('caller'));
  assert.deepEqual((await described()).indexes, [
    ['by-inbox', 'ACTIVE'],
    ['by-caller', 'DELETING'],
  ]);
  await assert.rejects(update(creation('flag')), inUse);
  clock.advance(ROOM_MS);
  assert.deepEqual((await described()).indexes, [['by-inbox', 'ACTIVE']]);
});

test(
  'an index that is there is not made, one that is not is not deleted, nor one whose key has no type',
  simulatorOnly,
  async (t) => {
    const { described, update } = await tableWith(t, 1);

    await assert.rejects(update(creation('inbox')), {
      message: 'Attempting to create an index which already exists',
    });
    await assert.rejects(update(deletion('caller')), { name: 'ResourceNotFoundException' });
    await assert.rejects(update(creation('other')), { name: 'ValidationException' });
    assert.deepEqual((await described()).indexes, [['by-inbox', 'ACTIVE']]);
  },
);

test(
  'a new table has all its indexes at once; CloudFormation changes one of a table that is there',
  simulatorOnly,
  async (t) => {
    const { dynamodb, clock, described } = await tableWith(t, 3);
    const change = (before: readonly string[], after: readonly string[]) =>
      dynamodb.changeTable(TableName, {
        before: propertiesWith(...before),
        properties: propertiesWith(...after),
        tags: {},
      });
    const refused = { message: 'Cannot perform more than one GSI creation or deletion in a single update' };

    await dynamodb.createTable({ name: 'other', properties: propertiesWith('inbox', 'caller', 'flag') });
    await assert.rejects(change(['inbox'], ['inbox', 'caller', 'flag']), refused);
    await assert.rejects(change(['inbox'], ['caller']), refused);
    assert.deepEqual((await described()).indexes, [['by-inbox', 'ACTIVE']]);

    await change(['inbox'], ['inbox', 'caller']);
    // It does not wait until the index can be read.
    assert.deepEqual((await described()).indexes.at(-1), ['by-caller', 'CREATING', false]);
    clock.advance(2 * ROOM_MS);
    await change(['inbox', 'caller'], ['inbox']);
    clock.advance(ROOM_MS);
    assert.deepEqual((await described()).indexes, [['by-inbox', 'ACTIVE']]);
  },
);
