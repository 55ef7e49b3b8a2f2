import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  HeadBucketCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SimulatedAccount } from '../../simulator/simulator.ts';
import { remover, STACK } from './remover.ts';

const AGREED = ['--yes', STACK, '--delete-data', STACK] as const;

/** The stack's buckets, table and secret, in which somebody has left something. */
function dataOf(simulator: SimulatedAccount) {
  const { endpoint, credentials } = simulator;
  const place = { endpoint, credentials, region: 'us-east-1' };
  const s3 = new S3Client({ ...place, forcePathStyle: true });
  const dynamodb = new DynamoDBClient(place);
  const { buckets, tables, outputs, resources } = simulator.deployed(STACK);
  const names = Object.values(buckets).map(({ name }) => name);
  const [table] = Object.values(tables);
  const secret = resources.find(({ type }) => type === 'AWS::SecretsManager::Secret')?.physicalId ?? '';
  const bucket = outputs['TranscriptsBucket'] ?? assert.fail('no bucket');
  return {
    bucket,
    put: (key: string) => simulator.s3.put({ bucket, key, body: Buffer.from('{}') }),
    hide: (Key: string) => s3.send(new DeleteObjectCommand({ Bucket: bucket, Key })),
    beginUpload: () => s3.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: 'big.json' })),
    note: (state: string, open: object) =>
      dynamodb.send(
        new PutCommand({
          TableName: table?.name ?? '',
          Item: { contactId: '11111111-0000-4000-8000-000000000001', state, ...open },
        }),
      ),
    buckets: async () => {
      const there = names.map((Bucket) => isThere(s3.send(new HeadBucketCommand({ Bucket }))));
      const found = await Promise.all(there);
      return names.filter((_, index) => found[index]);
    },
    hasTable: () => isThere(dynamodb.send(new DescribeTableCommand({ TableName: table?.name }))),
    hasSecret: () =>
      isThere(new SecretsManagerClient(place).send(new GetSecretValueCommand({ SecretId: secret }))),
  };
}

async function isThere(asking: Promise<unknown>): Promise<boolean> {
  try {
    await asking;
    return true;
  } catch (error) {
    assert.match(String(error), /NotFound/);
    return false;
  }
}

test('all data goes with the stack: every version, delete marker and upload, the ledger, and the key', async (t) => {
  const { simulator, uninstall, heard } = await remover(t);
  const data = dataOf(simulator);
  for (let version = 0; version < 1_001; version += 1) await data.put('often.json');
  await data.put('once.json');
  await data.hide('once.json');
  await data.beginUpload();
  await data.note('delivered', {});

  assert.equal(await uninstall(...AGREED), 0);

  const text = heard();
  assert.match(
    text,
    /Would be deleted permanently[^]*transcripts\S+: 1002 versions of objects, 1 delete marker, 1 unfinished upload\n/,
  );
  assert.match(text, /table VoicemailExpress-ledger\S+: 1 entries\n/);
  assert.match(text, /Deleted: stack VoicemailExpress[^]*deleted: key of links arn:/);
  assert.deepEqual(await data.buckets(), []);
  assert.equal(await data.hasTable(), false);
  assert.equal(await data.hasSecret(), false);

  assert.equal(await uninstall(...AGREED), 0);
  assert.match(
    heard(),
    /There is no stack VoicemailExpress in us-east-1, and nothing that one left behind\./,
  );
});

test('what cannot be deleted is named, the rest goes, and the next run goes on', async (t) => {
  let sealed = true;
  let careful: SimulatedAccount['credentials'] | undefined;
  const { simulator, uninstall, heard } = await remover(t, {
    credentials: (one) =>
      sealed
        ? (careful ??= one.addRole({
            arn: 'arn:aws:iam::111122223333:role/careful',
            statements: [
              { Effect: 'Allow', Action: '*', Resource: '*' },
              { Effect: 'Deny', Action: 's3:DeleteObjectVersion', Resource: 'arn:aws:s3:::*/sealed/*' },
            ],
          }))
        : one.credentials,
  });
  const data = dataOf(simulator);
  for (const key of ['sealed/a.json', 'sealed/b.json', 'open.json']) await data.put(key);

  assert.equal(await uninstall(...AGREED), 1);

  assert.match(
    heard(),
    /Not all of the data could be deleted:\n {2}✖ bucket \S*transcripts\S+: 2 versions of objects could not be deleted/,
  );
  assert.deepEqual(await data.buckets(), [data.bucket]);
  assert.deepEqual(simulator.s3.list(data.bucket), ['sealed/a.json', 'sealed/b.json']);
  assert.equal(await data.hasTable(), false);
  assert.equal(await data.hasSecret(), false);

  sealed = false;
  assert.equal(await uninstall(...AGREED), 0);
  assert.match(heard(), /There is no stack VoicemailExpress\. A removed one has left something behind:/);
  assert.deepEqual(await data.buckets(), []);
});

test('what somebody holds stays, and so does the stack that can release it', async (t) => {
  const { simulator, uninstall, heard, isLeftAlone } = await remover(t);
  const data = dataOf(simulator);
  await data.put('held/transcripts/2026/03/04/11111111-0000-4000-8000-000000000001.json');

  await assert.rejects(uninstall(...AGREED, '--lose-waiting'), /voicemails that somebody holds/);
  assert.ok(isLeftAlone(), heard());

  // Without its data the stack may go; then the data stays.
  assert.equal(await uninstall('--yes', STACK), 0);
  await assert.rejects(uninstall(...AGREED, '--lose-waiting'), /npx vmx deploy --adopt/);
  assert.deepEqual((await data.buckets()).length, 3);
  assert.equal(await data.hasTable(), true);
});

test('a voicemail that waits keeps what a removed stack left behind, unless it may be lost', async (t) => {
  const { simulator, uninstall } = await remover(t);
  const data = dataOf(simulator);
  await data.note('recorded', { open: '1', dueAtMs: 4_000_000_000_000 });
  await uninstall('--yes', STACK, '--lose-waiting');

  await assert.rejects(uninstall(...AGREED), {
    name: 'RefusedError',
    message:
      /^1 voicemail in VoicemailExpress-ledger\S+ is not delivered yet, .*vmx deploy --adopt.*--lose-waiting$/,
  });
  assert.equal((await data.buckets()).length, 3);
  assert.equal(await uninstall(...AGREED, '--lose-waiting'), 0);
  assert.deepEqual(await data.buckets(), []);
});

test('a person types the name once for the stack, and a second time for the data', async (t) => {
  const answers = [STACK, STACK];
  const { simulator, uninstall, heard } = await remover(t, { typed: () => answers.shift() ?? '' });
  const data = dataOf(simulator);

  assert.equal(await uninstall(), 0);

  assert.match(
    heard(),
    /To delete it, type VoicemailExpress[^]*Would be deleted permanently[^]*To delete the data, type VoicemailExpress again/,
  );
  assert.deepEqual(await data.buckets(), []);
});

test('of several removed stacks, somebody has to say which', async (t) => {
  const { simulator, uninstall, deploy } = await remover(t);
  const first = dataOf(simulator);
  await uninstall('--yes', STACK);
  await deploy();
  const second = dataOf(simulator);
  await uninstall('--yes', STACK);

  await assert.rejects(
    uninstall(...AGREED),
    /2 removed stacks VoicemailExpress .*--data-of ID:\n {2}[0-9a-f-]{36}/,
  );
  await assert.rejects(uninstall(...AGREED, '--data-of', 'acme'), /it is not deleted: acme is not known/);
  assert.equal(await uninstall(...AGREED, '--data-of', second.bucket), 0);
  assert.equal((await first.buckets()).length, 3);
  assert.deepEqual(await second.buckets(), []);
});

test('the name of another stack deletes no data', async (t) => {
  const { uninstall, isLeftAlone } = await remover(t);

  await assert.rejects(
    uninstall('--yes', STACK, '--delete-data', 'Voicemail'),
    /--delete-data Voicemail is another name/,
  );
  assert.ok(isLeftAlone());
});
