import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { DescribeTableCommand, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { AccountOptions } from '../../simulator/options.ts';
import { called, runDeployment, startAccount } from './deployer.ts';
import type { Resources } from './small-stack.ts';

/** How often the command looks at an index. */
const BETWEEN_LOOKS_MS = 5_000;
/** In simulated time, which moves on while the command waits for an index. CDK's toolkit does not bear five minutes. */
const DELAYS = { indexMs: 30_000, indexItemMs: 1_000 };

/** A table as the ledger is, with indexes by these members. */
const ledgerBy = (...names: readonly string[]): Resources => ({
  Ledger: [
    'AWS::DynamoDB::Table',
    {
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['contactId', ...names].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: [{ AttributeName: 'contactId', KeyType: 'HASH' }],
      ...(names.length > 0 && {
        GlobalSecondaryIndexes: names.map((AttributeName) => ({
          IndexName: `by-${AttributeName}`,
          KeySchema: [{ AttributeName, KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        })),
      }),
    },
  ],
});
const OLD = { ...ledgerBy('open'), Queue: ['AWS::SQS::Queue'] } satisfies Resources;
const NEW = {
  ...ledgerBy('open', 'inbox', 'caller'),
  Queue: ['AWS::SQS::Queue', { VisibilityTimeout: 60 }],
} satisfies Resources;

async function account(t: TestContext, options: Partial<AccountOptions> = {}) {
  const { simulator, ...looks } = await startAccount(t, { delays: DELAYS, ...options });
  const { endpoint, credentials, clock } = simulator;
  const client = new DynamoDBClient({ endpoint, credentials, region: 'us-east-1', maxAttempts: 1 });
  const documents = DynamoDBDocumentClient.from(client);
  t.after(() => client.destroy());
  const first = await runDeployment(t, { resources: OLD, version: '1.0.0' }, '--yes');
  assert.equal(await first.ended, 0, first.heard());
  const TableName = simulator.deployed('VoicemailExpress').physicalId('Ledger');
  /** The steps that CloudFormation was asked for. */
  const executed: string[] = [];
  simulator.happenings.listen((one) => {
    if (one.kind === 'api-call' && one.operation === 'ExecuteChangeSet') executed.push(one.operation);
  });
  let waitedMs = 0;
  const timed = {
    wait: (ms: number) => {
      if (ms !== BETWEEN_LOOKS_MS) return pause(10);
      waitedMs += ms;
      clock.advance(ms);
      return Promise.resolve();
    },
    clock: () => waitedMs,
  };
  return {
    simulator,
    ...looks,
    executed,
    timed,
    client,
    documents,
    TableName,
    leave: (contactId: string) =>
      documents.send(new PutCommand({ TableName, Item: { contactId, open: '1', caller: 'a' } })),
    count: async () => (await documents.send(new ScanCommand({ TableName }))).Count,
    indexes: async () => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName }));
      return (Table?.GlobalSecondaryIndexes ?? []).map(
        ({ IndexName, IndexStatus }) => `${IndexName} ${IndexStatus}`,
      );
    },
  };
}

test('new indexes come one at a time, before all else, and each is waited for', async (t) => {
  const { executed, timed, leave, count, indexes } = await account(t);
  for (let one = 0; one < 7; one += 1) await leave(`contact-${one}`);
  const asked: string[] = [];
  const typed = (question: string) => {
    asked.push(question);
    return 'y';
  };

  const { ended, heard } = await runDeployment(t, { resources: NEW, version: '2.0.0', typed, ...timed });

  assert.equal(await ended, 0, heard());
  assert.equal(asked.length, 1);
  assert.deepEqual(await indexes(), ['by-open ACTIVE', 'by-inbox ACTIVE', 'by-caller ACTIVE']);
  assert.equal(executed.length, 3);
  assert.equal(await count(), 7);
  const [before = '', after = ''] = heard().split('Deploy it to');
  assert.match(before, /It happens in 3 steps, because DynamoDB changes one index of a table at a time:/);
  assert.match(before, /1\. the ledger gets the index by-inbox: about \d+ minutes\n {2}2\. .* by-caller/);
  assert.doesNotMatch(before, /Lost:/);
  assert.match(
    after,
    /Step 1 of 3: the ledger gets the index by-inbox\.\n[^]*UPDATE_COMPLETE +AWS::DynamoDB::Table[^]*by-inbox: room is being made for it\n[^]*by-inbox: it is being filled[^]*0:40 +by-inbox: it can be read\n[^]*Step 2 of 3: .*by-caller[^]*by-caller: it can be read\n\nStep 3 of 3: all else\.\n[^]*Deployed: version 2\.0\.0/,
  );
});

test('Ctrl+C between the steps leaves the version that runs, and the next run goes on from there', async (t) => {
  const { simulator, executed, timed, indexes } = await account(t);
  const first = new AbortController();
  const interruption = { first: first.signal, second: new AbortController().signal };
  const wait = (ms: number) => {
    // It looks again while room is being made for the first index.
    if (executed.length === 1 && ms === BETWEEN_LOOKS_MS) first.abort();
    return timed.wait(ms);
  };

  const broken = await runDeployment(
    t,
    { resources: NEW, version: '2.0.0', interruption, ...timed, wait },
    '--yes',
  );

  await assert.rejects(broken.ended, {
    name: 'InterruptedError',
    message:
      /DynamoDB goes on with the index by-inbox by itself, and the stack works as before\. Run it again/,
  });
  assert.equal(simulator.deployed('VoicemailExpress').outputs['Version'], '1.0.0');
  assert.deepEqual(await indexes(), ['by-open ACTIVE', 'by-inbox CREATING']);

  const next = await runDeployment(t, { resources: NEW, version: '2.0.0', ...timed }, '--yes');
  assert.equal(await next.ended, 0, next.heard());
  assert.equal(executed.length, 3);
  assert.match(
    next.heard(),
    /by-inbox: room is being made[^]*by-inbox: it can be read[^]*Step 1 of 2: .*by-caller/,
  );
  assert.deepEqual(await indexes(), ['by-open ACTIVE', 'by-inbox ACTIVE', 'by-caller ACTIVE']);
  assert.equal(simulator.deployed('VoicemailExpress').outputs['Version'], '2.0.0');
});

test('an update that fails after the steps leaves the indexes, and running it again has no steps', async (t) => {
  const { simulator, executed, timed, indexes } = await account(t);
  const Broken = ['AWS::CloudWatch::CompositeAlarm', { AlarmRule: 'WHENEVER' }] as const;

  const broken = await runDeployment(
    t,
    { resources: { ...NEW, Broken }, version: '2.0.0', ...timed },
    '--yes',
  );

  await assert.rejects(broken.ended, /the deployment failed:[^]*runs as it was before/);
  assert.equal(simulator.deployed('VoicemailExpress').outputs['Version'], '1.0.0');
  assert.equal((await indexes()).length, 3);

  const next = await runDeployment(t, { resources: NEW, version: '2.0.0', ...timed }, '--yes');
  assert.equal(await next.ended, 0, next.heard());
  assert.doesNotMatch(next.heard(), /steps/);
  assert.equal(executed.length, 4);
});

test('a version without two indexes is deployed first, and then they go one at a time', async (t) => {
  const { simulator, executed, timed, leave, count, indexes } = await account(t);
  await leave('contact-1');
  const there = await runDeployment(t, { resources: NEW, version: '2.0.0', ...timed }, '--yes');
  assert.equal(await there.ended, 0, there.heard());
  executed.length = 0;
  const versions: unknown[] = [];
  simulator.happenings.listen((one) => {
    if (one.kind === 'api-call' && one.operation === 'ExecuteChangeSet')
      versions.push(simulator.deployed('VoicemailExpress').outputs['Version']);
  });

  const back = await runDeployment(t, { resources: OLD, version: '1.0.0', ...timed }, '--yes');

  assert.equal(await back.ended, 0, back.heard());
  assert.match(
    back.heard(),
    /3 steps[^]*1\. all of the above[^]*2\. the ledger loses the index by-inbox[^]*3\. .*loses the index by-caller[^]*Step 2 of 3[^]*by-inbox: it is gone[^]*Step 3 of 3[^]*by-caller: it is gone/,
  );
  assert.deepEqual(versions, ['2.0.0', '1.0.0', '1.0.0']);
  assert.deepEqual(await indexes(), ['by-open ACTIVE']);
  assert.equal(await count(), 1);

  const again = await runDeployment(t, { resources: OLD, version: '1.0.0', ...timed }, '--yes');
  assert.equal(await again.ended, 0);
  assert.match(again.heard(), /Nothing in the stack VoicemailExpress would change/);
});

test('a stack that is new has all its indexes at once', async (t) => {
  const { simulator } = await startAccount(t, { delays: DELAYS });
  const executed = called(simulator, 'ExecuteChangeSet');

  const { ended, heard } = await runDeployment(t, { resources: NEW }, '--yes');

  assert.equal(await ended, 0, heard());
  await executed;
  assert.doesNotMatch(heard(), /steps|Step/);
});

test('an index that CloudFormation has left behind is named, with what to do', async (t) => {
  const { client, executed, timed, TableName, simulator } = await account(t);
  await client.send(
    new UpdateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: 'caller', AttributeType: 'S' }],
      GlobalSecondaryIndexUpdates: [
        {
          Create: {
            IndexName: 'by-caller',
            KeySchema: [{ AttributeName: 'caller', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        },
      ],
    }),
  );
  simulator.clock.advance(DELAYS.indexMs);

  const { ended } = await runDeployment(t, { resources: NEW, version: '2.0.0', ...timed }, '--yes');

  await assert.rejects(
    ended,
    /has an index by-caller, and the deployed stack does not know it[^]*"Delete":\{"IndexName":"by-caller"\}/,
  );
  assert.equal(executed.length, 0);
});
