import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LEDGER_INDEXES } from '../cli/cost/actual.ts';
import * as queried from '../src/adapters/ledger-table.ts';
import sample from '../voicemail.config.ts';
import { BY_CALLER, BY_INBOX, indexArn, OPEN_BY_DUE } from './pipeline/storage.ts';
import { testStack } from './stack.fixture.ts';

type Key = readonly [name: string, type: string];

const INDEXES: readonly (readonly [name: string, partition: Key, sort: Key])[] = [
  [OPEN_BY_DUE, ['open', 'S'], ['dueAtMs', 'N']],
  [BY_INBOX, ['inbox', 'S'], ['inboxPlace', 'S']],
  [BY_CALLER, ['caller', 'S'], ['callEndedAtMs', 'N']],
];

test('the ledger is found by due time, by inbox and by caller, and these indexes hold keys alone', (t) => {
  const { app, resourcesOf, remove } = testStack(sample);
  t.after(remove);
  app.synth();
  const [ledger] = resourcesOf('AWS::DynamoDB::Table');
  const { AttributeDefinitions, GlobalSecondaryIndexes } = ledger?.Properties ?? {};

  const keys: readonly Key[] = [['contactId', 'S'], ...INDEXES.flatMap(([, ...pair]) => pair)];
  assert.deepEqual(
    AttributeDefinitions,
    keys.map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
  );
  assert.deepEqual(
    GlobalSecondaryIndexes,
    INDEXES.map(([IndexName, [partition], [sort]]) => ({
      IndexName,
      KeySchema: [
        { AttributeName: partition, KeyType: 'HASH' },
        { AttributeName: sort, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    })),
  );
});

test('an index is queried and counted by the name that the stack gives it', () => {
  const names = INDEXES.map(([name]) => name);

  assert.deepEqual(LEDGER_INDEXES, names);
  assert.deepEqual([queried.OPEN_INDEX, queried.BY_INBOX, queried.BY_CALLER], names);
  assert.equal(
    indexArn({ tableArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/ledger' }, BY_CALLER),
    'arn:aws:dynamodb:us-east-1:111122223333:table/ledger/index/by-caller',
  );
});
