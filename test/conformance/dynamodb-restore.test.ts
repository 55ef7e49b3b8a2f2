import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeBackupCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListBackupsCommand,
  RestoreTableFromBackupCommand,
  RestoreTableToPointInTimeCommand,
  type RestoreTableToPointInTimeCommandInput,
  UpdateContinuousBackupsCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { createClock } from '../../simulator/clock.ts';
import { createDynamodb } from '../../simulator/services/dynamodb/dynamodb.ts';
import { answered, startTarget } from './setup.ts';

const MINUTE_MS = 60_000;
const clock = createClock('fast');
const {
  client: settings,
  gateway,
  close,
} = await startTarget([createDynamodb({ clock, keepTableWrites: true }).service], { clock });
const client = new DynamoDBClient(settings);
const documents = DynamoDBDocumentClient.from(client);
after(close);

/** A table with an index, and with point-in-time recovery. */
async function ledger(): Promise<string> {
  const TableName = `ledger-${randomUUID()}`;
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'state', AttributeType: 'S' },
      ],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-state',
          KeySchema: [{ AttributeName: 'state', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
  await client.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
  return TableName;
}

const put = (TableName: string, Item: Record<string, unknown>) =>
  documents.send(new PutCommand({ TableName, Item }));
const restore = (input: Partial<RestoreTableToPointInTimeCommandInput>) =>
  client.send(new RestoreTableToPointInTimeCommand({ TargetTableName: 'restored', ...input }));
const recovery = async (TableName: string) =>
  (await client.send(new DescribeContinuousBackupsCommand({ TableName }))).ContinuousBackupsDescription
    ?.PointInTimeRecoveryDescription;

const list = (input: object) => client.send(new ListBackupsCommand({ BackupType: 'SYSTEM', ...input }));

/** Leaves `a` and `b`. */
async function writeInEveryWay(source: string): Promise<void> {
  await put(source, { id: 'a', state: 'new' });
  await documents.send(
    new BatchWriteCommand({
      RequestItems: {
        [source]: [
          { PutRequest: { Item: { id: 'b', state: 'new' } } },
          { PutRequest: { Item: { id: 'c' } } },
        ],
      },
    }),
  );
  await documents.send(
    new TransactWriteCommand({
      TransactItems: [
        { Delete: { TableName: source, Key: { id: 'c' } } },
        {
          Update: {
            TableName: source,
            Key: { id: 'b' },
            UpdateExpression: 'ADD n :one',
            ExpressionAttributeValues: { ':one': 1 },
          },
        },
      ],
    }),
  );
}

async function itemsOf(TableName: string): Promise<readonly Record<string, unknown>[]> {
  const { Items = [] } = await documents.send(new ScanCommand({ TableName }));
  return Items.toSorted((one, other) => (String(one['id']) < String(other['id']) ? -1 : 1));
}

test('a table is restored as it was at a time, with its indexes and without time to live, recovery and tags', async () => {
  const source = await ledger();
  const target = `restored-${randomUUID()}`;
  const TimeToLiveSpecification = { Enabled: true, AttributeName: 'expiresAt' };
  await client.send(new UpdateTimeToLiveCommand({ TableName: source, TimeToLiveSpecification }));
  await writeInEveryWay(source);
  const refused = { TableName: source, Item: { id: 'a' }, ConditionExpression: 'attribute_not_exists(id)' };
  await assert.rejects(documents.send(new PutCommand(refused)));
  const before = await itemsOf(source);
  clock.advance(MINUTE_MS);
  const RestoreDateTime = new Date(clock.now());
  clock.advance(MINUTE_MS);
  await documents.send(
    new UpdateCommand({
      TableName: source,
      Key: { id: 'a' },
      UpdateExpression: 'SET lost = :yes',
      ExpressionAttributeValues: { ':yes': true },
    }),
  );
  clock.advance(5 * MINUTE_MS);

  const { TableDescription } = await restore({
    SourceTableName: source,
    TargetTableName: target,
    RestoreDateTime,
  });

  assert.partialDeepStrictEqual(TableDescription, {
    TableName: target,
    TableStatus: 'CREATING',
    RestoreSummary: { RestoreInProgress: true },
  });
  assert.deepEqual(before, [
    { id: 'a', state: 'new' },
    { id: 'b', state: 'new', n: 1 },
  ]);
  assert.deepEqual(await itemsOf(target), before);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: target }));
  assert.partialDeepStrictEqual(Table, {
    TableStatus: 'ACTIVE',
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    GlobalSecondaryIndexes: [{ IndexName: 'by-state' }],
    RestoreSummary: {
      SourceTableArn: `arn:aws:dynamodb:us-east-1:111122223333:table/${source}`,
      RestoreInProgress: false,
    },
  });
  assert.equal((await recovery(target))?.PointInTimeRecoveryStatus, 'DISABLED');
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: target }));
  assert.deepEqual(TimeToLiveDescription, { TimeToLiveStatus: 'DISABLED' });
});

test('a table is restored to the latest time only, and not outside of its window', async () => {
  const SourceTableName = await ledger();
  const TargetTableName = `restored-${randomUUID()}`;
  await put(SourceTableName, { id: 'early' });
  clock.advance(6 * MINUTE_MS);
  await put(SourceTableName, { id: 'late' });
  const now = new Date(clock.now());

  await restore({ SourceTableName, TargetTableName, UseLatestRestorableTime: true });

  assert.deepEqual(await itemsOf(TargetTableName), [{ id: 'early' }]);
  const outside = answered(400, 'InvalidRestoreTimeException');
  await assert.rejects(restore({ SourceTableName, RestoreDateTime: now }), outside);
  await assert.rejects(restore({ SourceTableName, RestoreDateTime: new Date(0) }), outside);
  await assert.rejects(restore({ SourceTableName }), answered(400, 'ValidationException'));
  await assert.rejects(
    restore({ SourceTableName, TargetTableName, UseLatestRestorableTime: true }),
    answered(400, 'TableAlreadyExistsException'),
  );
  await assert.rejects(
    restore({ SourceTableName: 'nowhere', UseLatestRestorableTime: true }),
    answered(400, 'TableNotFoundException'),
  );
  await assert.rejects(
    restore({ SourceTableName: TargetTableName, UseLatestRestorableTime: true }),
    answered(400, 'PointInTimeRecoveryUnavailableException'),
  );
  await assert.rejects(
    restore({ SourceTableName, UseLatestRestorableTime: true, BillingModeOverride: 'PROVISIONED' }),
    answered(501, 'UnknownOperationException'),
  );
});

test('a deleted table with point-in-time recovery leaves a backup for 35 days, and comes back under its name', async () => {
  const TableName = await ledger();
  const AttributeName = 'expiresAt';
  const TimeToLiveSpecification = { Enabled: true, AttributeName };
  await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  await put(TableName, { id: 'a', state: 'new' });
  await client.send(new DeleteTableCommand({ TableName }));
  const listed = async (input: object) => (await list({ TableName, ...input })).BackupSummaries ?? [];

  const [backup] = await listed({});
  const BackupArn = backup?.BackupArn;
  const { BackupDescription } = await client.send(new DescribeBackupCommand({ BackupArn }));
  await client.send(new RestoreTableFromBackupCommand({ TargetTableName: TableName, BackupArn }));

  assert.partialDeepStrictEqual(backup, {
    BackupName: `${TableName}$DeletedTableBackup`,
    BackupStatus: 'AVAILABLE',
    BackupType: 'SYSTEM',
  });
  assert.partialDeepStrictEqual(BackupDescription, {
    BackupDetails: { BackupArn },
    SourceTableDetails: { TableName, ItemCount: 1, BillingMode: 'PAY_PER_REQUEST' },
    SourceTableFeatureDetails: {
      GlobalSecondaryIndexes: [{ IndexName: 'by-state' }],
      TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName },
    },
  });
  assert.deepEqual(await itemsOf(TableName), [{ id: 'a', state: 'new' }]);
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  assert.equal(Table?.RestoreSummary?.SourceBackupArn, BackupArn);
  assert.equal((await recovery(TableName))?.PointInTimeRecoveryStatus, 'DISABLED');
  const again = new RestoreTableFromBackupCommand({ TargetTableName: TableName, BackupArn });
  await assert.rejects(client.send(again), answered(400, 'TableAlreadyExistsException'));
  assert.deepEqual(await listed({ BackupType: 'USER' }), []);
  clock.advance(35 * 24 * 60 * MINUTE_MS);
  assert.deepEqual(await listed({ BackupType: 'ALL' }), []);
  await assert.rejects(client.send(new DescribeBackupCommand({ BackupArn })), {
    name: 'BackupNotFoundException',
  });
});

test('backups are listed in pages, and those of one time only', async () => {
  const deletedAt: number[] = [];
  for (let count = 0; count < 3; count += 1) {
    const TableName = await ledger();
    clock.advance(MINUTE_MS);
    deletedAt.push(clock.now());
    await client.send(new DeleteTableCommand({ TableName }));
  }
  const [from = 0] = deletedAt;
  const since = { TimeRangeLowerBound: new Date(from - 1000) };

  const first = await list({ ...since, Limit: 2 });
  const ExclusiveStartBackupArn = first.LastEvaluatedBackupArn;
  const second = await list({ ...since, Limit: 2, ExclusiveStartBackupArn });

  assert.equal(first.BackupSummaries?.length, 2);
  assert.equal(ExclusiveStartBackupArn, first.BackupSummaries[1]?.BackupArn);
  assert.equal(second.BackupSummaries?.length, 1);
  assert.equal(second.LastEvaluatedBackupArn, undefined);
  const until = await list({ ...since, TimeRangeUpperBound: new Date(from + 1000) });
  assert.equal(until.BackupSummaries?.length, 1);
  const bad = `${ExclusiveStartBackupArn}0`;
  await assert.rejects(list({ ExclusiveStartBackupArn: bad }), answered(400, 'ValidationException'));
  await assert.rejects(list({ Limit: 101 }), answered(400, 'ValidationException'));
});

test('time to live and recovery are switched once, and not of a table that is not there', async () => {
  const TableName = await ledger();
  const ttl = (Enabled: boolean, AttributeName = 'expiresAt', of = TableName) =>
    client.send(
      new UpdateTimeToLiveCommand({ TableName: of, TimeToLiveSpecification: { Enabled, AttributeName } }),
    );
  const switched = (PointInTimeRecoveryEnabled: boolean, RecoveryPeriodInDays?: number, of = TableName) =>
    client.send(
      new UpdateContinuousBackupsCommand({
        TableName: of,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled, RecoveryPeriodInDays },
      }),
    );

  assert.deepEqual((await ttl(true)).TimeToLiveSpecification, { Enabled: true, AttributeName: 'expiresAt' });
  await assert.rejects(ttl(true), { message: 'TimeToLive is already enabled' });
  await assert.rejects(ttl(false, 'other'), { name: 'ValidationException' });
  await ttl(false);
  await assert.rejects(ttl(false), { message: 'TimeToLive is already disabled' });
  await assert.rejects(ttl(true, 'expiresAt', 'nowhere'), { name: 'ResourceNotFoundException' });

  assert.equal((await recovery(TableName))?.RecoveryPeriodInDays, 35);
  await switched(true, 7);
  assert.equal((await recovery(TableName))?.RecoveryPeriodInDays, 7);
  await switched(false);
  clock.advance(MINUTE_MS);
  const switchedMs = clock.now();
  await switched(true);
  const { EarliestRestorableDateTime } = (await recovery(TableName)) ?? {};
  assert.ok((EarliestRestorableDateTime?.getTime() ?? 0) >= switchedMs);
  await assert.rejects(switched(true, 36), answered(400, 'ValidationException'));
  await assert.rejects(switched(true, 7, 'nowhere'), answered(400, 'TableNotFoundException'));
});

test('restoring needs the permission on the source, and to read and write the new table', async () => {
  const SourceTableName = await ledger();
  const credentials = gateway.identities.addRole({
    arn: 'arn:aws:iam::111122223333:role/Restorer',
    statements: [{ Effect: 'Allow', Action: 'dynamodb:RestoreTable*', Resource: '*' }],
  });
  const restorer = new DynamoDBClient({ ...settings, credentials });
  const refused = { name: 'AccessDeniedException', message: /not authorized to perform: dynamodb:\w+ on/ };
  const wanted = { SourceTableName, TargetTableName: 'other', UseLatestRestorableTime: true };

  await assert.rejects(restorer.send(new RestoreTableToPointInTimeCommand(wanted)), refused);
  const BackupArn = `arn:aws:dynamodb:us-east-1:111122223333:table/x/backup/01489602797149-73d8d5bc`;
  const other = { TargetTableName: 'other', BackupArn };
  await assert.rejects(restorer.send(new RestoreTableFromBackupCommand(other)), refused);
  await assert.rejects(restorer.send(new ListBackupsCommand({})), refused);
  await assert.rejects(restorer.send(new DescribeBackupCommand({ BackupArn })), refused);
  await assert.rejects(client.send(new RestoreTableFromBackupCommand(other)), {
    name: 'BackupNotFoundException',
  });
});

test('without the option that keeps writes, no table is restored to a point in time', async (t) => {
  const target = await startTarget([createDynamodb({ clock }).service], { clock });
  t.after(target.close);
  const plain = new DynamoDBClient(target.client);
  const wanted = { SourceTableName: 'ledger', TargetTableName: 'other', UseLatestRestorableTime: true };

  const refused = plain.send(new RestoreTableToPointInTimeCommand(wanted));

  await assert.rejects(refused, { name: 'UnknownOperationException', message: /option keepTableWrites/ });
});
