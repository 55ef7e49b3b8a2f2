import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { READS_STREAM } from '../template/stack.fixture.ts';
import { archiveOf } from './archive.fixture.ts';
import { startLife } from './stack-life.fixture.ts';

const ASSETS = 'cdk-hnb659fds-assets-111122223333-us-east-1';
const STREAM_ARN = READS_STREAM.Resource;

/** It says which version it is and what it got, and works for a moment. */
const code = (version: string) => `
  export async function handler({ Records }) {
    for (const { kinesis } of Records) {
      console.log('${version} begins ' + Buffer.from(kinesis.data, 'base64'));
      await new Promise((resolve) => setTimeout(resolve, 1000));
      console.log('${version} ends ' + Buffer.from(kinesis.data, 'base64'));
    }
  }`;

function resources(
  key: string,
  { batchSize = 1, may = [READS_STREAM] }: { batchSize?: number; may?: object[] } = {},
) {
  return {
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } },
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyName: 'p', PolicyDocument: { Statement: may }, Roles: [{ Ref: 'Role' }] },
    },
    Worker: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { S3Bucket: ASSETS, S3Key: key },
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Timeout: 30,
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: { Ref: 'Worker' },
        EventSourceArn: STREAM_ARN,
        StartingPosition: 'LATEST',
        BatchSize: batchSize,
      },
    },
  };
}

async function startCode(t: Parameters<typeof startLife>[0]) {
  const life = await startLife(t);
  const { simulator, s3 } = life;
  for (const version of ['v1', 'v2']) {
    const Body = archiveOf({ 'index.mjs': code(version) });
    await s3.send(new PutObjectCommand({ Bucket: ASSETS, Key: `${version}.zip`, Body }));
  }
  return {
    ...life,
    put: (text: string) => simulator.kinesis.put(STREAM_ARN, Buffer.from(text), 'p'),
    lines: () => simulator.lambda.logs('Worker').map((line) => line.replace(/^.*(v\d \w+ \w+).*$/s, '$1')),
    /** Waits until the function has said so many lines. */
    said: (count: number) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (simulator.lambda.logs('Worker').length < count) return;
          stop();
          resolve();
        };
        const stop = simulator.happenings.listen(look);
        look();
      }),
  };
}

test('code changes between two batches: what runs ends with the old one, and nothing is lost or repeated', async (t) => {
  const { make, update, put, lines, said } = await startCode(t);
  await make(resources('v1.zip'));
  put('a');
  put('b');
  await said(1);

  const { StackStatus } = await update(resources('v2.zip', { batchSize: 2 }));
  put('c');
  put('d');
  await said(8);

  assert.equal(StackStatus, 'UPDATE_COMPLETE');
  const told = lines();
  assert.deepEqual(told.slice(0, 2), ['v1 begins a', 'v1 ends a']);
  assert.deepEqual(told.slice(-2), ['v2 begins d', 'v2 ends d']);
  assert.deepEqual(
    told.filter((line) => line.includes('begins')).map((line) => line.slice(-1)),
    ['a', 'b', 'c', 'd'],
  );
});

test('a policy that changes holds for the sessions that its role has', async (t) => {
  const { make, update, simulator } = await startCode(t);
  const allowed = () => simulator.grants().map(({ action }) => action);
  const maySend = { Effect: 'Allow', Action: 's3:PutObject', Resource: '*' };
  await make(resources('v1.zip'));

  await update(resources('v1.zip', { may: [READS_STREAM, maySend] }));

  assert.ok(allowed().includes('s3:PutObject'));
  await update(resources('v1.zip'));
  assert.ok(!allowed().includes('s3:PutObject'));
});

test('code that is not there, and a file that is not an archive, fail in Lambda’s words', async (t) => {
  const { make, remove, resourceRows, s3 } = await startCode(t);
  const reasonOf = async (key: string) => {
    assert.equal((await make(resources(key))).StackStatus, 'ROLLBACK_COMPLETE');
    const row = (await resourceRows()).find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
    await remove();
    return row?.ResourceStatusReason ?? '';
  };
  await s3.send(new PutObjectCommand({ Bucket: ASSETS, Key: 'odd.zip', Body: 'not an archive at all' }));

  assert.match(await reasonOf('gone.zip'), /Error occurred while GetObject. S3 Error Code: NoSuchKey/);
  assert.match(await reasonOf('odd.zip'), /Could not unzip uploaded file .*odd.zip: not a zip archive/);
});
