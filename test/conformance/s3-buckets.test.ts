import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketTaggingCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  paginateListBuckets,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createClock } from '../../simulator/clock.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import { createS3 } from '../../simulator/services/s3/s3.ts';
import { simulatorOnly, startTarget } from './setup.ts';

const folder = await mkdtemp(join(tmpdir(), 'conformance-buckets-'));
const surroundings = { clock: createClock('real'), happenings: createHappenings() };
const s3 = createS3({ ...surroundings, folder, onEvent: () => {} });
for (const name of ['ours-2', 'theirs', 'ours-1', 'ours-3']) {
  s3.createBucket({ name, versioned: false, eventBridge: false });
}
s3.createBucket({ name: 'kept', versioned: true, eventBridge: false, tags: { part: 'one' } });
s3.createBucket({ name: 'sealed', versioned: false, eventBridge: false, encryption: { keyArn: 'arn:k' } });
const { client: settings, gateway, close } = await startTarget([s3.service], surroundings);
const client = new S3Client(settings);
after(async () => {
  client.destroy();
  await close();
  await rm(folder, { recursive: true });
});

test('buckets are listed in order, by the beginning of their names, in pages', simulatorOnly, async () => {
  const pages: (string | undefined)[][] = [];
  for await (const { Buckets = [] } of paginateListBuckets({ client, pageSize: 2 }, { Prefix: 'ours' })) {
    pages.push(Buckets.map(({ Name }) => Name));
  }
  const { Buckets: all = [] } = await client.send(new ListBucketsCommand({}));

  assert.deepEqual(pages, [['ours-1', 'ours-2'], ['ours-3']]);
  assert.equal(all.length, 6);
  assert.equal(all[0]?.BucketRegion, 'us-east-1');
});

test('a token of another list is refused', simulatorOnly, async () => {
  const { ContinuationToken } = await client.send(new ListBucketsCommand({ MaxBuckets: 1 }));

  await assert.rejects(client.send(new ListBucketsCommand({ Prefix: 'ours', ContinuationToken })), {
    name: 'InvalidArgument',
  });
});

test('a caller who may not list buckets is refused', simulatorOnly, async () => {
  const arn = 'arn:aws:iam::111122223333:role/nobody';
  const credentials = gateway.identities.addRole({ arn, statements: [] });

  await assert.rejects(new S3Client({ ...settings, credentials }).send(new ListBucketsCommand({})), {
    name: 'AccessDenied',
  });
});

test('a bucket says where it is, and with which keys it encrypts', simulatorOnly, async () => {
  const encryptionOf = async (Bucket: string) => {
    const answer = await client.send(new GetBucketEncryptionCommand({ Bucket }));
    return answer.ServerSideEncryptionConfiguration?.Rules?.map(
      (rule) => rule.ApplyServerSideEncryptionByDefault,
    );
  };

  const { LocationConstraint } = await client.send(new GetBucketLocationCommand({ Bucket: 'ours-1' }));

  // us-east-1 has no name here.
  assert.equal(LocationConstraint, undefined);
  assert.deepEqual(await encryptionOf('ours-1'), [{ SSEAlgorithm: 'AES256' }]);
  assert.deepEqual(await encryptionOf('sealed'), [{ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'arn:k' }]);
  for (const command of [GetBucketLocationCommand, GetBucketEncryptionCommand]) {
    await assert.rejects(client.send(new command({ Bucket: 'nobody' })), { name: 'NoSuchBucket' });
  }
});

test('a bucket has tags, or none', simulatorOnly, async () => {
  const { TagSet } = await client.send(new GetBucketTaggingCommand({ Bucket: 'kept' }));

  assert.deepEqual(TagSet, [{ Key: 'part', Value: 'one' }]);
  await assert.rejects(client.send(new GetBucketTaggingCommand({ Bucket: 'theirs' })), {
    name: 'NoSuchTagSet',
  });
});

test('a bucket goes once its versions, delete markers and uploads are gone', simulatorOnly, async () => {
  const Bucket = 'kept';
  for (const Key of ['b', 'a', 'a']) await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'c' }));
  await assert.rejects(client.send(new DeleteBucketCommand({ Bucket })), { name: 'BucketNotEmpty' });

  const listed: string[] = [];
  let markers: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (let isMore = true; isMore;) {
    const page = await client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2, ...markers }));
    const { Versions = [], DeleteMarkers = [] } = page;
    const kinds = [...DeleteMarkers.map((one) => ({ ...one, kind: 'marker' })), ...Versions];
    for (const one of kinds) {
      listed.push(`${one.Key} ${one.IsLatest}${'kind' in one ? ' marker' : ''}`);
    }
    isMore = page.IsTruncated === true;
    markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
  assert.deepEqual(listed, ['a true marker', 'a false', 'a false', 'b true']);

  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
  assert.deepEqual(
    Uploads.map((one) => [one.Key, one.UploadId]),
    [['c', UploadId]],
  );
  await client.send(new AbortMultipartUploadCommand({ Bucket, Key: 'c', UploadId }));
  const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
  for (const { Key, VersionId } of [...Versions, ...DeleteMarkers]) {
    await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
  }
  await client.send(new DeleteBucketCommand({ Bucket }));
  await assert.rejects(client.send(new DeleteBucketCommand({ Bucket })), { name: 'NoSuchBucket' });
});
