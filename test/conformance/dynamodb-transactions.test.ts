import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactGetCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { createClock } from '../../simulator/clock.ts';
import { createDynamodb } from '../../simulator/services/dynamodb/dynamodb.ts';
import { answered, startTarget } from './setup.ts';

const TableName = 'ledger';
const TABLE_ARN = 'arn:aws:dynamodb:us-east-1:111122223333:table/ledger';
const clock = createClock('fast');
const dynamodb = createDynamodb({ clock });
const schema = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
};
await dynamodb.createTable({
  name: TableName,
  properties: {
    ...schema,
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  },
});
await dynamodb.createTable({ name: 'plain', properties: schema });
const { client: settings, gateway, close } = await startTarget([dynamodb.service], { clock });
const client = new DynamoDBClient(settings);
const documents = DynamoDBDocumentClient.from(client);
after(close);

type Items = NonNullable<TransactWriteCommandInput['TransactItems']>;
const write = (TransactItems: Items, ClientRequestToken?: string) =>
  documents.send(new TransactWriteCommand({ TransactItems, ClientRequestToken }));
const itemOf = async (id: string) =>
  (await documents.send(new GetCommand({ TableName, Key: { id }, ConsistentRead: true }))).Item;
const put = (Item: Record<string, unknown>) => ({ Put: { TableName, Item } });
const isNew = { ConditionExpression: 'attribute_not_exists(id)' };

test('a transaction writes, changes, deletes and checks together', async () => {
  const [a, b, c, none] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await documents.send(new PutCommand({ TableName, Item: { id: b, count: 1 } }));
  await documents.send(new PutCommand({ TableName, Item: { id: c } }));

  await write([
    put({ id: a, state: 'new' }),
    {
      Update: {
        TableName: TABLE_ARN,
        Key: { id: b },
        UpdateExpression: 'ADD #c :one',
        ExpressionAttributeNames: { '#c': 'count' },
        ExpressionAttributeValues: { ':one': 1 },
      },
    },
    { Delete: { TableName, Key: { id: c }, ConditionExpression: 'attribute_exists(id)' } },
    { ConditionCheck: { TableName, Key: { id: none }, ...isNew } },
  ]);

  assert.deepEqual(await itemOf(a), { id: a, state: 'new' });
  assert.deepEqual(await itemOf(b), { id: b, count: 2 });
  assert.equal(await itemOf(c), undefined);
  assert.equal(await itemOf(none), undefined);
});

test('a transaction whose condition fails changes nothing, and says which it was', async () => {
  const [a, b, none] = [randomUUID(), randomUUID(), randomUUID()];
  await documents.send(new PutCommand({ TableName, Item: { id: b, state: 'old' } }));

  const failing = write([
    put({ id: a }),
    {
      Put: {
        TableName,
        Item: { id: b, state: 'new' },
        ...isNew,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    { ConditionCheck: { TableName, Key: { id: none }, ...isNew } },
  ]);

  await assert.rejects(failing, (error) => {
    assert.ok(error instanceof TransactionCanceledException);
    assert.match(error.message, /specific reasons \[None, ConditionalCheckFailed, None\]$/);
    assert.deepEqual(
      error.CancellationReasons?.map(({ Code }) => Code),
      ['None', 'ConditionalCheckFailed', 'None'],
    );
    assert.deepEqual(error.CancellationReasons?.[1]?.Item, { id: { S: b }, state: { S: 'old' } });
    return true;
  });
  assert.equal(await itemOf(a), undefined);
  assert.deepEqual(await itemOf(b), { id: b, state: 'old' });
  assert.equal(await itemOf(none), undefined);
});

test('an item that cannot be changed as asked cancels the transaction, and a wrong request is refused', async () => {
  const [a, b] = [randomUUID(), randomUUID()];
  await documents.send(new PutCommand({ TableName, Item: { id: b, state: 'text' } }));
  const addToText = {
    Update: {
      TableName,
      Key: { id: b },
      UpdateExpression: 'ADD #s :one',
      ExpressionAttributeNames: { '#s': 'state' },
      ExpressionAttributeValues: { ':one': 1 },
    },
  };

  await assert.rejects(write([put({ id: a }), addToText]), {
    name: 'TransactionCanceledException',
    message: /\[None, ValidationError\]$/,
  });
  await assert.rejects(write([put({ id: a }), put({ id: a })]), {
    name: 'ValidationException',
    message: 'Transaction request cannot include multiple operations on one item',
  });
  await assert.rejects(write([put({ id: a }), put({})]), { name: 'ValidationException' });
  await assert.rejects(write([]), { name: 'ValidationException' });
  await assert.rejects(write(Array.from({ length: 101 }, (_, id) => put({ id: String(id) }))), {
    message: /less than or equal to 100$/,
  });
  const elsewhere = { Put: { TableName: 'none', Item: { id: a } } };
  await assert.rejects(write([put({ id: a }), elsewhere]), { name: 'ResourceNotFoundException' });
  assert.equal(await itemOf(a), undefined);
});

test('a request with the same token is done once, and another one with it is refused', async () => {
  const id = randomUUID();
  const token = randomUUID();
  const add = (by: number) => [
    {
      Update: {
        TableName,
        Key: { id },
        UpdateExpression: 'ADD n :by',
        ExpressionAttributeValues: { ':by': by },
      },
    },
  ];

  await write(add(1), token);
  await write(add(1), token);
  const once = await itemOf(id);
  await assert.rejects(write(add(2), token), answered(400, 'IdempotentParameterMismatchException'));
  clock.advance(10 * 60_000);
  await write(add(1), token);

  assert.deepEqual(once, { id, n: 1 });
  assert.deepEqual(await itemOf(id), { id, n: 2 });
});

test('nobody sees half of a transaction, and none is lost among others', async () => {
  const [a, b] = [randomUUID(), randomUUID()];
  const addToBoth = () =>
    write(
      [a, b].map((id) => ({
        Update: {
          TableName,
          Key: { id },
          UpdateExpression: 'ADD n :one',
          ExpressionAttributeValues: { ':one': 1 },
        },
      })),
    );
  const read = () =>
    documents.send(
      new TransactGetCommand({ TransactItems: [a, b].map((id) => ({ Get: { TableName, Key: { id } } })) }),
    );
  const addToOne = () =>
    documents.send(
      new UpdateCommand({
        TableName,
        Key: { id: a },
        UpdateExpression: 'ADD m :one',
        ExpressionAttributeValues: { ':one': 1 },
      }),
    );

  const work = Array.from({ length: 20 }, () => [addToBoth(), read(), addToOne()] as const);
  const seen = await Promise.all(work.map(([, reading]) => reading));
  await Promise.all(work.flat());

  for (const { Responses: [one, other] = [] } of seen) assert.equal(one?.Item?.['n'], other?.Item?.['n']);
  assert.deepEqual(
    [await itemOf(a), await itemOf(b)],
    [
      { id: a, n: 20, m: 20 },
      { id: b, n: 20 },
    ],
  );
});

test('a transaction needs the permission of each of its parts', async () => {
  const credentials = gateway.identities.addRole({
    arn: 'arn:aws:iam::111122223333:role/Writer',
    statements: [{ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: TABLE_ARN }],
  });
  const writer = DynamoDBDocumentClient.from(new DynamoDBClient({ ...settings, credentials }));
  const id = randomUUID();
  const check = { ConditionCheck: { TableName, Key: { id: randomUUID() }, ...isNew } };

  await writer.send(new TransactWriteCommand({ TransactItems: [put({ id })] }));

  const both = writer.send(new TransactWriteCommand({ TransactItems: [put({ id }), check] }));
  await assert.rejects(both, { message: /not authorized to perform: dynamodb:ConditionCheckItem on/ });
  const reading = new TransactGetCommand({ TransactItems: [{ Get: { TableName, Key: { id } } }] });
  await assert.rejects(writer.send(reading), { message: /not authorized to perform: dynamodb:GetItem on/ });
  const about = writer.send(new DescribeTimeToLiveCommand({ TableName }));
  await assert.rejects(about, { name: 'AccessDeniedException' });
});

test('a table tells its time to live, its backups, and an id of AWS’s form', async () => {
  const ttl = async (table: string) =>
    (await client.send(new DescribeTimeToLiveCommand({ TableName: table }))).TimeToLiveDescription;
  const backups = async (table: string) =>
    (await client.send(new DescribeContinuousBackupsCommand({ TableName: table })))
      .ContinuousBackupsDescription?.PointInTimeRecoveryDescription;

  const { Table } = await client.send(new DescribeTableCommand({ TableName }));

  assert.deepEqual(await ttl(TableName), { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' });
  assert.deepEqual(await ttl('plain'), { TimeToLiveStatus: 'DISABLED' });
  assert.partialDeepStrictEqual(await backups(TableName), {
    PointInTimeRecoveryStatus: 'ENABLED',
    RecoveryPeriodInDays: 35,
  });
  assert.ok((await backups(TableName))?.EarliestRestorableDateTime instanceof Date);
  assert.equal((await backups('plain'))?.PointInTimeRecoveryStatus, 'DISABLED');
  assert.match(Table?.TableId ?? '', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  await assert.rejects(ttl('none'), { name: 'ResourceNotFoundException' });
  await assert.rejects(backups('none'), answered(400, 'TableNotFoundException'));
});
