import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  CopyObjectCommand,
  GetBucketLifecycleConfigurationCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  RestoreObjectCommand,
  S3Client,
  type Tier,
} from '@aws-sdk/client-s3';
import { startS3Target } from './s3-target.ts';
import { simulatorOnly } from './setup.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const KB = 1024;
/** The least that a life cycle moves. */
const LARGE = Buffer.alloc(128 * KB);

const archiving = (Prefix: string, StorageClass: string, Days: number) => ({
  ID: Prefix,
  Status: 'Enabled',
  Filter: { Prefix },
  Transition: [{ Days, StorageClass }],
});
const Rule = [
  { ...archiving('flexible/', 'GLACIER', 30), Expiration: { Days: 365 } },
  archiving('deep/', 'DEEP_ARCHIVE', 30),
  archiving('instant/', 'GLACIER_IR', 30),
  {
    ...archiving('small/', 'GLACIER', 30),
    Filter: { And: { Prefix: 'small/', ObjectSizeGreaterThan: 10 } },
  },
  { ID: 'off', Status: 'Disabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } },
  { ID: 'former', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 7 } },
];

const { client: settings, Bucket, clock, gateway, close } = await startS3Target({ lifecycle: { Rule } });
const s3 = new S3Client(settings);
after(async () => {
  s3.destroy();
  await close();
});

const put = (Key: string, Body = LARGE) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
const head = (Key: string) => s3.send(new HeadObjectCommand({ Bucket, Key }));
const get = async (Key: string) => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToByteArray())?.length;
};
const restore = (Key: string, Days: number, tier?: Tier) =>
  s3.send(
    new RestoreObjectCommand({
      Bucket,
      Key,
      RestoreRequest: { Days, ...(tier && { GlacierJobParameters: { Tier: tier } }) },
    }),
  );
const pass = (ms: number) => clock.leapTo(clock.now() + ms);
const isArchived = { name: 'InvalidObjectState', StorageClass: 'GLACIER' };

test(
  'an archived object is refused, is restored after hours, and is refused again',
  simulatorOnly,
  async () => {
    const Key = 'flexible/a';
    await put(Key);
    pass(29 * DAY_MS);
    assert.equal(await get(Key), LARGE.length);
    assert.equal((await head(Key)).StorageClass, undefined);

    pass(2 * DAY_MS);
    await assert.rejects(get(Key), isArchived);
    assert.equal((await head(Key)).StorageClass, 'GLACIER');
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key }));
    assert.equal(Contents?.[0]?.StorageClass, 'GLACIER');
    const ObjectAttributes = ['StorageClass' as const];
    const told = await s3.send(new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes }));
    assert.equal(told.StorageClass, 'GLACIER');
    const copy = new CopyObjectCommand({ Bucket, Key: 'held/a', CopySource: `${Bucket}/${Key}` });
    await assert.rejects(s3.send(copy), { name: 'ObjectNotInActiveTierError' });

    const first = await restore(Key, 2);
    assert.equal(first.$metadata.httpStatusCode, 202);
    await assert.rejects(restore(Key, 2), { name: 'RestoreAlreadyInProgress' });
    assert.equal((await head(Key)).Restore, 'ongoing-request="true"');
    await assert.rejects(get(Key), isArchived);

    pass(5 * HOUR_MS);
    assert.equal(await get(Key), LARGE.length);
    const { Restore, StorageClass } = await head(Key);
    assert.match(
      Restore ?? '',
      /^ongoing-request="false", expiry-date="\w{3}, \d\d \w{3} \d{4} 00:00:00 GMT"$/,
    );
    assert.equal(StorageClass, 'GLACIER');
    await s3.send(copy);
    assert.equal((await head('held/a')).StorageClass, undefined);
    assert.equal((await restore(Key, 5)).$metadata.httpStatusCode, 200);

    pass(4 * DAY_MS);
    assert.equal(await get(Key), LARGE.length);
    pass(2 * DAY_MS);
    await assert.rejects(get(Key), isArchived);
    assert.equal((await head(Key)).Restore, undefined);
  },
);

test('Instant Retrieval is read like any other, and cannot be restored', simulatorOnly, async () => {
  const Key = 'instant/a';
  await put(Key);
  pass(31 * DAY_MS);

  assert.equal(await get(Key), LARGE.length);
  assert.equal((await head(Key)).StorageClass, 'GLACIER_IR');
  await assert.rejects(restore(Key, 1), { name: 'InvalidObjectState' });
});

test('Deep Archive takes longer, and has no expedited retrieval', simulatorOnly, async () => {
  const Key = 'deep/a';
  await put(Key);
  pass(31 * DAY_MS);

  await assert.rejects(restore(Key, 1, 'Expedited'), { name: 'InvalidArgument' });
  await restore(Key, 1, 'Bulk');
  pass(47 * HOUR_MS);
  await assert.rejects(get(Key), { name: 'InvalidObjectState', StorageClass: 'DEEP_ARCHIVE' });
  pass(HOUR_MS);
  assert.equal(await get(Key), LARGE.length);
});

test('what is small is not moved, unless the rule names a size', simulatorOnly, async () => {
  await put('flexible/small', LARGE.subarray(1));
  await put('small/a', Buffer.alloc(11));
  await put('small/b', Buffer.alloc(10));
  pass(31 * DAY_MS);

  assert.equal((await head('flexible/small')).StorageClass, undefined);
  assert.equal((await head('small/a')).StorageClass, 'GLACIER');
  assert.equal((await head('small/b')).StorageClass, undefined);
});

test('what expires is hidden, and its version goes after its own days', simulatorOnly, async () => {
  const Key = 'flexible/old';
  const versions = async () => {
    const found = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: Key }));
    return [found.Versions?.length ?? 0, found.DeleteMarkers?.length ?? 0];
  };
  await put(Key);
  pass(366 * DAY_MS);

  await assert.rejects(head(Key), { name: 'NotFound' });
  assert.deepEqual(await versions(), [1, 1]);
  pass(7 * DAY_MS);
  assert.deepEqual(await versions(), [0, 1]);
  pass(366 * DAY_MS);
  assert.deepEqual(await versions(), [0, 0]);
});

test('a restoration needs its own permission, and its days', simulatorOnly, async () => {
  const Key = 'flexible/b';
  await put(Key);
  pass(31 * DAY_MS);
  const statements = [{ Effect: 'Allow' as const, Action: 's3:GetObject', Resource: '*' }];
  const credentials = gateway.identities.addRole({
    arn: 'arn:aws:iam::111122223333:role/reader',
    statements,
  });
  const reader = new S3Client({ ...settings, credentials });

  const command = new RestoreObjectCommand({ Bucket, Key, RestoreRequest: { Days: 1 } });
  await assert.rejects(reader.send(command), { name: 'AccessDenied' });
  await assert.rejects(restore(Key, 0), { name: 'MalformedXML' });
});

test('the life cycle is shown with the least size that it moves', simulatorOnly, async () => {
  const { TransitionDefaultMinimumObjectSize: least, Rules = [] } = await s3.send(
    new GetBucketLifecycleConfigurationCommand({ Bucket }),
  );
  assert.equal(least, 'all_storage_classes_128K');
  assert.deepEqual(Rules[0]?.Transitions, [{ Days: 30, StorageClass: 'GLACIER' }]);
});
