import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { startS3Target } from './s3-target.ts';
import { simulatorOnly } from './setup.ts';

const { client: settings, Bucket, gateway, close } = await startS3Target();
const s3 = new S3Client(settings);
after(async () => {
  s3.destroy();
  await close();
});

const Prefix = 'listings/';
for (const name of ['a b+é.wav', 'b/1', 'b/2', 'c', 'c']) {
  await s3.send(new PutObjectCommand({ Bucket, Key: Prefix + name, Body: name }));
}

test('the first version of the listing pages by markers, with owners', async () => {
  const names: (string | undefined)[] = [];
  let Marker: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsCommand({ Bucket, Prefix, Delimiter: '/', MaxKeys: 1, ...(Marker && { Marker }) }),
    );
    names.push(page.Contents?.[0]?.Key ?? page.CommonPrefixes?.[0]?.Prefix);
    Marker = page.NextMarker;
  } while (Marker !== undefined);

  assert.deepEqual(names, [`${Prefix}a b+é.wav`, `${Prefix}b/`, `${Prefix}c`]);
  const first = await s3.send(new ListObjectsCommand({ Bucket, Prefix, MaxKeys: 1 }));
  assert.deepEqual([first.IsTruncated, first.NextMarker], [true, undefined]);
  assert.match(first.Contents?.[0]?.Owner?.ID ?? '', /^[\da-f]{64}$/);
});

test('names are encoded if that is asked for, and in no other way than as in a URL', async () => {
  const asked = { Bucket, Prefix, EncodingType: 'url' } as const;
  const first = await s3.send(new ListObjectsCommand({ ...asked, MaxKeys: 1 }));
  const second = await s3.send(new ListObjectsV2Command({ ...asked, StartAfter: `${Prefix}a a` }));
  const versions = await s3.send(new ListObjectVersionsCommand({ ...asked, MaxKeys: 1 }));

  const encoded = `${Prefix}a+b%2B%C3%A9.wav`;
  assert.equal(first.Contents?.[0]?.Key, encoded);
  assert.equal(second.Contents?.[0]?.Key, encoded);
  assert.equal(second.StartAfter, `${Prefix}a+a`);
  assert.deepEqual([versions.Versions?.[0]?.Key, versions.NextKeyMarker], [encoded, encoded]);
  const other = new ListObjectsV2Command({ Bucket });
  other.middlewareStack.add(
    (next) => (args) => {
      Object.assign(args.request ?? {}, { query: { 'list-type': '2', 'encoding-type': 'base64' } });
      return next(args);
    },
    { step: 'build' },
  );
  await assert.rejects(s3.send(other), { name: 'InvalidArgument' });
});

test('the second version tells owners only if it is asked to', async () => {
  const without = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
  const withOwners = await s3.send(new ListObjectsV2Command({ Bucket, Prefix, FetchOwner: true }));

  assert.equal(without.Contents?.[0]?.Owner, undefined);
  assert.notEqual(withOwners.Contents?.[0]?.Owner?.ID, undefined);
  assert.deepEqual(withOwners.Contents?.[0]?.ChecksumAlgorithm, ['CRC32']);
});

test('versions come in pages up to a delimiter', async () => {
  const lines: string[] = [];
  let markers: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (let isMore = true; isMore;) {
    const page = await s3.send(
      new ListObjectVersionsCommand({ Bucket, Prefix, Delimiter: '/', MaxKeys: 1, ...markers }),
    );
    const { Versions = [], CommonPrefixes = [] } = page;
    lines.push(...Versions.map(({ Key, IsLatest }) => `${Key} ${IsLatest}`));
    lines.push(...CommonPrefixes.map((one) => `${one.Prefix}`));
    isMore = page.IsTruncated === true;
    markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }

  assert.deepEqual(lines, [`${Prefix}a b+é.wav true`, `${Prefix}b/`, `${Prefix}c true`, `${Prefix}c false`]);
  await assert.rejects(s3.send(new ListObjectVersionsCommand({ Bucket, VersionIdMarker: 'x' })), {
    name: 'InvalidArgument',
  });
});

test('a policy can bind a listing to a prefix', simulatorOnly, async () => {
  const credentials = gateway.identities.addRole({
    arn: 'arn:aws:iam::111122223333:role/lister',
    statements: [
      {
        Effect: 'Allow',
        Action: ['s3:ListBucket', 's3:ListBucketVersions'],
        Resource: '*',
        Condition: { StringEquals: { 's3:prefix': Prefix } },
      },
    ],
  });
  const lister = new S3Client({ ...settings, credentials });

  const inPrefix = listings(Bucket, Prefix);
  await lister.send(inPrefix.first);
  await lister.send(inPrefix.second);
  await lister.send(inPrefix.versions);
  const { first, second, versions } = listings(Bucket);
  await assert.rejects(lister.send(first), { name: 'AccessDenied' });
  await assert.rejects(lister.send(second), { name: 'AccessDenied' });
  await assert.rejects(lister.send(versions), { name: 'AccessDenied' });
  await assert.rejects(s3.send(listings('not-there').first), { name: 'NoSuchBucket' });
  await assert.rejects(s3.send(listings('not-there').versions), { name: 'NoSuchBucket' });
});

/** The three listings of the same. */
function listings(Name: string, prefix?: string) {
  const asked = { Bucket: Name, ...(prefix !== undefined && { Prefix: prefix }) };
  return {
    first: new ListObjectsCommand(asked),
    second: new ListObjectsV2Command(asked),
    versions: new ListObjectVersionsCommand(asked),
  };
}
