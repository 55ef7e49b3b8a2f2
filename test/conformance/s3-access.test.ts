import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Credentials } from '../../simulator/gateway/callers.ts';
import type { PolicyStatement } from '../../simulator/gateway/policy.ts';
import { startS3Target } from './s3-target.ts';
import { answered, simulatorOnly } from './setup.ts';

const { client: settings, gateway, Bucket, close } = await startS3Target();
const s3 = new S3Client(settings);
after(close);

const ROLE_ARN = 'arn:aws:iam::111122223333:role/worker';

test('a presigned link opens without credentials, whole or in parts', async () => {
  const url = await linkTo(await newObject('0123456789'));

  const whole = await fetch(url);
  const part = await fetch(url, { headers: { range: 'bytes=2-4' } });

  assert.deepEqual([whole.status, await whole.text()], [200, '0123456789']);
  assert.deepEqual(
    [part.status, await part.text(), part.headers.get('content-range')],
    [206, '234', 'bytes 2-4/10'],
  );
});

test('a presigned link says how the object is to be shown', async () => {
  const Key = await newObject('RIFF');
  const ResponseContentDisposition = 'inline; filename="voicemail 1.wav"';
  const command = new GetObjectCommand({
    Bucket,
    Key,
    ResponseContentType: 'audio/wav',
    ResponseContentDisposition,
  });

  const { headers } = await fetch(await getSignedUrl(s3, command, { expiresIn: 60 }));

  assert.equal(headers.get('content-type'), 'audio/wav');
  assert.equal(headers.get('content-disposition'), ResponseContentDisposition);
});

test('a changed link opens nothing', async () => {
  const Key = await newObject('mine');
  const url = new URL(await linkTo(Key));
  const other = await newObject('yours');

  const tampered: [string, URL][] = [
    ['another key', new URL(url.href.replace(Key, other))],
    ['a longer life', changed(url, 'X-Amz-Expires', '3600')],
    ['a header of its own', changed(url, 'response-content-type', 'text/html')],
    ['another signature', changed(url, 'X-Amz-Signature', '0'.repeat(64))],
  ];

  for (const [what, link] of tampered)
    assert.deepEqual(await refusalOf(link), [403, 'SignatureDoesNotMatch'], what);
});

test('a link for GET is not valid for HEAD', async () => {
  const { status } = await fetch(await linkTo(await newObject('x')), { method: 'HEAD' });

  assert.equal(status, 403);
});

test('without a signature nothing is shown', async () => {
  const url = new URL(await linkTo(await newObject('x')));
  url.search = '';

  assert.deepEqual(await refusalOf(url), [403, 'AccessDenied']);
});

test('a link of more than seven days is refused', async () => {
  const url = changed(new URL(await linkTo(await newObject('x'))), 'X-Amz-Expires', '604801');

  assert.deepEqual(await refusalOf(url), [400, 'AuthorizationQueryParametersError']);
});

test('a link works until it expires', simulatorOnly, async (context) => {
  const { client, gateway: own, Bucket: bucket, close: closeOwn } = await startS3Target();
  context.after(closeOwn);
  const ownS3 = new S3Client(client);
  await ownS3.send(new PutObjectCommand({ Bucket: bucket, Key: 'c1.wav', Body: 'x' }));
  const command = new GetObjectCommand({ Bucket: bucket, Key: 'c1.wav' });
  const url = await getSignedUrl(ownS3, command, { expiresIn: 300 });

  own.clock.advance(290_000);
  assert.equal((await fetch(url)).status, 200);

  own.clock.advance(20_000);
  const expired = await fetch(url);
  assert.equal(expired.status, 403);
  assert.match(await expired.text(), /<Code>AccessDenied<\/Code><Message>Request has expired<\/Message>/);
});

test('a wrong secret, an unknown key and a wrong token have different errors', simulatorOnly, async () => {
  const { accessKeyId } = gateway.credentials;
  const role = newRole([]);

  await assert.rejects(listAs({ accessKeyId, secretAccessKey: 'wrong' }), { name: 'SignatureDoesNotMatch' });
  await assert.rejects(listAs({ accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' }), {
    name: 'InvalidAccessKeyId',
  });
  await assert.rejects(listAs({ ...role, sessionToken: 'stale' }), { name: 'InvalidToken' });
});

test('the refusal of a role names the missing permission', simulatorOnly, async () => {
  const Key = `denied/${randomUUID()}`;
  const worker = workerWith([
    { Effect: 'Allow', Action: 's3:PutObject', Resource: `arn:aws:s3:::${Bucket}/mine/*` },
  ]);

  await worker.send(new PutObjectCommand({ Bucket, Key: 'mine/1', Body: 'x' }));

  await assert.rejects(worker.send(new PutObjectCommand({ Bucket, Key, Body: 'x' })), {
    name: 'AccessDenied',
    message: refusalSentence('s3:PutObject', `arn:aws:s3:::${Bucket}/${Key}`),
  });
});

test('tags need a permission of their own', simulatorOnly, async () => {
  const worker = workerWith([{ Effect: 'Allow', Action: 's3:PutObject', Resource: '*' }]);

  await assert.rejects(
    worker.send(new PutObjectCommand({ Bucket, Key: 'tagged', Body: 'x', Tagging: 'a=b' })),
    {
      message: refusalSentence('s3:PutObjectTagging', `arn:aws:s3:::${Bucket}/tagged`),
    },
  );
});

test(
  'a caller who is not allowed to list a bucket does not learn that an object is missing',
  simulatorOnly,
  async () => {
    const read: PolicyStatement = {
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${Bucket}/*`,
    };
    const list: PolicyStatement = {
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: `arn:aws:s3:::${Bucket}`,
    };
    const missing = { Bucket, Key: 'missing' };
    const reader = workerWith([read]);
    const lister = workerWith([read, list]);

    await assert.rejects(reader.send(new GetObjectCommand(missing)), {
      name: 'AccessDenied',
      message: refusalSentence('s3:ListBucket', `arn:aws:s3:::${Bucket}`),
    });
    await assert.rejects(reader.send(new HeadObjectCommand(missing)), answered(403, 'Unknown'));
    await assert.rejects(lister.send(new GetObjectCommand(missing)), { name: 'NoSuchKey' });
  },
);

test('a version is read with a permission of its own', simulatorOnly, async () => {
  const Key = await newObject('x');
  const { VersionId } = await s3.send(new HeadObjectCommand({ Bucket, Key }));
  const reader = workerWith([{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }]);

  await assert.rejects(reader.send(new GetObjectCommand({ Bucket, Key, VersionId })), {
    message: refusalSentence('s3:GetObjectVersion', `arn:aws:s3:::${Bucket}/${Key}`),
  });
});

test('a listing may be allowed under a prefix only', simulatorOnly, async () => {
  const Condition = { StringLike: { 's3:prefix': 'mine/*' } };
  const lister = workerWith([{ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*', Condition }]);

  await lister.send(new ListObjectsV2Command({ Bucket, Prefix: 'mine/2026' }));

  await assert.rejects(lister.send(new ListObjectsV2Command({ Bucket })), { name: 'AccessDenied' });
});

test('a copy needs reading here and writing there, and the tags with it', simulatorOnly, async () => {
  const Key = `tagged/${randomUUID()}`;
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x', Tagging: 'a=b' }));
  const copy = new CopyObjectCommand({ Bucket, Key: `${Key}2`, CopySource: `${Bucket}/${Key}` });
  const plain = workerWith([{ Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: '*' }]);

  await assert.rejects(plain.send(copy), {
    message: refusalSentence('s3:GetObjectTagging', `arn:aws:s3:::${Bucket}/${Key}`),
  });
});

test('the permission for many deletions is checked one by one', simulatorOnly, async () => {
  const worker = workerWith([
    { Effect: 'Allow', Action: 's3:DeleteObject', Resource: `arn:aws:s3:::${Bucket}/mine/*` },
  ]);

  const Objects = [{ Key: 'mine/1' }, { Key: 'yours/1' }];
  const { Deleted, Errors } = await worker.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));

  assert.deepEqual(
    [Deleted?.[0]?.Key, Errors?.[0]?.Key, Errors?.[0]?.Code],
    ['mine/1', 'yours/1', 'AccessDenied'],
  );
});

async function newObject(Body: string): Promise<string> {
  const Key = `conformance/${randomUUID()}`;
  await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  return Key;
}

function linkTo(Key: string): Promise<string> {
  return getSignedUrl(s3, new GetObjectCommand({ Bucket, Key }), { expiresIn: 300 });
}

function changed(url: URL, name: string, value: string): URL {
  const other = new URL(url);
  other.searchParams.set(name, value);
  return other;
}

/** The status and the code in the error's body. */
async function refusalOf(url: URL): Promise<[number, string | undefined]> {
  const response = await fetch(url);
  return [response.status, /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1]];
}

function refusalSentence(action: string, resource: string): string {
  const caller = 'arn:aws:sts::111122223333:assumed-role/worker/Worker';
  return `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
}

function newRole(statements: readonly PolicyStatement[]): Credentials {
  return gateway.identities.addRole({ arn: ROLE_ARN, label: 'Worker', statements });
}

function listAs(credentials: Credentials) {
  return new S3Client({ ...settings, credentials }).send(new ListObjectsV2Command({ Bucket }));
}

function workerWith(statements: readonly PolicyStatement[]): S3Client {
  return new S3Client({ ...settings, credentials: newRole(statements) });
}
