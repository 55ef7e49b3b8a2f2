import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import {
  ConditionalCheckFailedException,
  DescribeTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  ListExportsCommand,
  ListTagsOfResourceCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { createClock } from '../../simulator/clock.ts';
import { createDynamodb } from '../../simulator/services/dynamodb/dynamodb.ts';
import { simulatorOnly, startTarget } from './setup.ts';

/** In AWS the table must be there, with key and index as below; CONFORMANCE_TABLE names it. */
const TableName = process.env['CONFORMANCE_TABLE'] ?? 'conformance';
const TABLE_ARN = `arn:aws:dynamodb:us-east-1:111122223333:table/${TableName}`;

const clock = createClock('real');
const dynamodb = createDynamodb({ clock });
await dynamodb.createTable({
  tags: { part: 'ledger' },
  name: TableName,
  properties: {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'contactId', AttributeType: 'S' },
      { AttributeName: 'open', AttributeType: 'S' },
      { AttributeName: 'dueAtMs', AttributeType: 'N' },
    ],
    KeySchema: [{ AttributeName: 'contactId', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'due',
        KeySchema: [
          { AttributeName: 'open', KeyType: 'HASH' },
          { AttributeName: 'dueAtMs', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: { SSEEnabled: true },
  },
});
const { client: settings, gateway, close } = await startTarget([dynamodb.service], { clock });
const client = new DynamoDBClient(settings);
const documents = DynamoDBDocumentClient.from(client);
after(close);

test('a table describes itself with its own ARN', async () => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));

  assert.equal(Table?.TableStatus, 'ACTIVE');
  assert.match(Table?.TableArn ?? '', new RegExp(`^arn:aws:dynamodb:us-east-1:\\d{12}:table/${TableName}$`));
});

test('a change of a table is answered with its description', simulatorOnly, async () => {
  const { TableDescription } = await client.send(
    new UpdateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: 'mailbox', AttributeType: 'S' }],
      GlobalSecondaryIndexUpdates: [
        {
          Create: {
            IndexName: 'mailbox',
            KeySchema: [{ AttributeName: 'mailbox', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        },
      ],
    }),
  );

  assert.partialDeepStrictEqual(TableDescription, { TableName });
});

test('several items are read at once, and what is not there is left out', async () => {
  const contactId = randomUUID();
  await documents.send(new PutCommand({ TableName, Item: { contactId, attempts: 3 } }));

  const { Responses } = await documents.send(
    new BatchGetCommand({
      RequestItems: { [TableName]: { Keys: [{ contactId }, { contactId: randomUUID() }] } },
    }),
  );

  assert.deepEqual(Responses?.[TableName], [{ contactId, attempts: 3 }]);
});

test('an item comes back as it was put', async () => {
  const Item = {
    contactId: randomUUID(),
    attempts: 3,
    tags: ['a', 'ü'],
    voicemail: { complete: true, note: null },
  };

  await documents.send(new PutCommand({ TableName, Item }));

  const got = await documents.send(new GetCommand({ TableName, Key: { contactId: Item.contactId } }));
  assert.deepEqual(got.Item, Item);
});

test('if two writers want to be first, the second fails and gets the existing item', async () => {
  const contactId = randomUUID();
  const first = (state: string) =>
    documents.send(
      new PutCommand({
        TableName,
        Item: { contactId, state },
        ConditionExpression: 'attribute_not_exists(contactId)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );

  await first('received');

  await assert.rejects(first('doubled'), (error) => {
    assert.ok(error instanceof ConditionalCheckFailedException);
    assert.deepEqual(error.Item, { contactId: { S: contactId }, state: { S: 'received' } });
    return true;
  });
});

test('a state changes only from the expected state', async () => {
  const contactId = randomUUID();
  await documents.send(new PutCommand({ TableName, Item: { contactId, state: 'recorded', attempts: 0 } }));
  const moveOn = () =>
    documents.send(
      new UpdateCommand({
        TableName,
        Key: { contactId },
        UpdateExpression: 'SET #state = :next, attempts = attempts + :one REMOVE dueAtMs',
        ConditionExpression: '#state = :now',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':now': 'recorded', ':next': 'transcribing', ':one': 1 },
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );

  const { Attributes } = await moveOn();

  assert.deepEqual(Attributes, { contactId, state: 'transcribing', attempts: 1 });
  await assert.rejects(moveOn(), (error) => {
    assert.ok(error instanceof ConditionalCheckFailedException);
    assert.deepEqual(error.Item?.['state'], { S: 'transcribing' });
    return true;
  });
});

test('the index has the items with its keys, in order', async () => {
  const open = randomUUID();
  const items = [300, 100, 200, 400].map((dueAtMs) => ({ contactId: randomUUID(), open, dueAtMs }));
  for (const Item of items) await documents.send(new PutCommand({ TableName, Item }));
  await documents.send(new PutCommand({ TableName, Item: { contactId: randomUUID() } }));

  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName,
      IndexName: 'due',
      KeyConditionExpression: '#open = :open AND dueAtMs <= :now',
      ExpressionAttributeNames: { '#open': 'open' },
      ExpressionAttributeValues: { ':open': open, ':now': 300 },
      Limit: 2,
    }),
  );

  assert.deepEqual(
    Items.map((item) => item['dueAtMs']),
    [100, 200],
  );
});

test('many items are written at once, and one is deleted', async () => {
  const ids: string[] = [randomUUID(), randomUUID()];
  const requests = ids.map((contactId) => ({ PutRequest: { Item: { contactId } } }));

  await documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: requests } }));
  await documents.send(new DeleteCommand({ TableName, Key: { contactId: ids[0] } }));

  const { Items = [] } = await documents.send(new ScanCommand({ TableName, ConsistentRead: true }));
  assert.deepEqual(
    Items.map((item) => String(item['contactId'])).filter((id) => ids.includes(id)),
    [ids[1]],
  );
});

test('an item of the wrong shape is a ValidationException', async () => {
  const put = new PutCommand({ TableName, Item: { contactId: 1 } });

  await assert.rejects(documents.send(put), { name: 'ValidationException', $fault: 'client' });
});

test('a null in an item is refused, and does not affect other requests', simulatorOnly, async () => {
  const { service } = dynamodb;
  const asked = (operation: string, input: unknown) => {
    const headers = { 'x-amz-target': `DynamoDB_20120810.${operation}` };
    const request = { ...signed, headers, body: Buffer.from(JSON.stringify(input)) };
    return Promise.resolve(service.find(request)?.answer(request));
  };

  const inputs = [
    { TableName, Item: { contactId: { S: 'a' }, list: { L: [null] } } },
    { TableName, Item: { contactId: null } },
  ];
  for (const input of inputs)
    await assert.rejects(asked('PutItem', input), { code: 'SerializationException' });

  const answer = await asked('GetItem', {
    TableName,
    Key: { contactId: { S: 'a' } },
    ProjectionExpression: null,
  });
  assert.equal(answer?.status, 200);
});

test('an unknown table is not found', async () => {
  const get = new GetCommand({ TableName: `none-${randomUUID()}`, Key: { contactId: '1' } });

  await assert.rejects(documents.send(get), { name: 'ResourceNotFoundException' });
});

test('a table can be named by its ARN', simulatorOnly, async () => {
  const got = await documents.send(new GetCommand({ TableName: TABLE_ARN, Key: { contactId: 'none' } }));

  assert.equal(got.Item, undefined);
});

test('reading an index needs a permission on the index', simulatorOnly, async () => {
  const credentials = gateway.identities.addRole({
    arn: 'arn:aws:iam::111122223333:role/Sweep',
    statements: [{ Effect: 'Allow', Action: ['dynamodb:Query', 'dynamodb:GetItem'], Resource: TABLE_ARN }],
  });
  const sweep = DynamoDBDocumentClient.from(new DynamoDBClient({ ...settings, credentials }));
  const query = {
    TableName,
    KeyConditionExpression: 'contactId = :id',
    ExpressionAttributeValues: { ':id': '1' },
  };

  await sweep.send(new QueryCommand(query));

  await assert.rejects(sweep.send(new QueryCommand({ ...query, IndexName: 'due' })), {
    name: 'AccessDeniedException',
    message: `User: arn:aws:sts::111122223333:assumed-role/Sweep/Sweep is not authorized to perform: dynamodb:Query on resource: ${TABLE_ARN}/index/due because no identity-based policy allows the dynamodb:Query action`,
  });
  const put = new BatchWriteCommand({
    RequestItems: { [TableName]: [{ PutRequest: { Item: { contactId: '1' } } }] },
  });
  await assert.rejects(sweep.send(put), {
    message: new RegExp(`dynamodb:BatchWriteItem on resource: ${TABLE_ARN} `),
  });
});

test('an operation that the simulator does not have is named', simulatorOnly, async () => {
  await assert.rejects(client.send(new ExecuteStatementCommand({ Statement: 'SELECT * FROM t' })), {
    name: 'UnknownOperationException',
    message: /DynamoDB_20120810\.ExecuteStatement$/,
  });
  await assert.rejects(client.send(new ListExportsCommand({})), { name: 'UnknownOperationException' });
});

/** A request as the gateway hands it over, still without its operation. */
const signed = {
  method: 'POST',
  path: '/',
  query: new URLSearchParams(),
  caller: { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/test', isAllowed: () => true },
  port: 'main',
  requestId: randomUUID(),
} as const;

test('a table has the tags of its template', simulatorOnly, async () => {
  const { Tags } = await client.send(new ListTagsOfResourceCommand({ ResourceArn: TABLE_ARN }));

  assert.deepEqual(Tags, [{ Key: 'part', Value: 'ledger' }]);
  const other = new ListTagsOfResourceCommand({ ResourceArn: `${TABLE_ARN}-2` });
  await assert.rejects(client.send(other), { name: 'ResourceNotFoundException' });
});
