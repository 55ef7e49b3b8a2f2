import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectAclCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { answered, simulatorOnly } from './setup.ts';
import { SILENT, startS3Target } from './s3-target.ts';
import { assertSameSamples } from '../same-samples.ts';

const { client: settings, Bucket, close } = await startS3Target();
const s3 = new S3Client({ ...settings, logger: SILENT });
after(close);

test('an object comes back as it was put, with its type, metadata and checksum', async () => {
  const Key = newKey();

  const put = await s3.send(
    new PutObjectCommand({
      Bucket,
      Key,
      Body: Buffer.from('RIFF'),
      ContentType: 'audio/wav',
      Metadata: { contactid: 'c1', mode: 'task' },
    }),
  );
  const got = await s3.send(new GetObjectCommand({ Bucket, Key }));

  assert.equal(await got.Body?.transformToString(), 'RIFF');
  assert.deepEqual([got.ContentType, got.ContentLength], ['audio/wav', 4]);
  assert.deepEqual(got.Metadata, { contactid: 'c1', mode: 'task' });
  assert.deepEqual([got.ETag, got.VersionId], [put.ETag, put.VersionId]);
  assert.equal(got.ChecksumCRC32, put.ChecksumCRC32);
});

test('a stream arrives without the framing it was sent in', async () => {
  const Key = newKey();
  const body = Buffer.alloc(200_000, 'voicemail ');

  await s3.send(new PutObjectCommand({ Bucket, Key, Body: inPieces(body), ContentLength: body.length }));

  const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
  assertSameSamples(Buffer.from((await got.Body?.transformToByteArray()) ?? []), body);
});

test('an empty object is empty', async () => {
  const Key = newKey();

  await s3.send(new PutObjectCommand({ Bucket, Key, Body: '' }));

  const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
  assert.equal(got.ContentLength, 0);
  assert.equal(await got.Body?.transformToString(), '');
});

test('a body that does not match the checksum in the header is refused', async () => {
  const put = new PutObjectCommand({ Bucket, Key: newKey(), Body: 'RIFF', ChecksumCRC32: 'AAAAAA==' });

  await assert.rejects(s3.send(put), answered(400, 'BadDigest'));
});

test('a stream that does not match the checksum in the trailer is refused', async () => {
  const own = new S3Client({ ...settings, logger: SILENT });
  own.middlewareStack.add(
    (next) => (args) => {
      const { request } = args;
      const framed = '4\r\nRIFF\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n';
      if (typeof request === 'object' && request !== null && 'body' in request)
        request.body = inPieces(framed);
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  const put = new PutObjectCommand({ Bucket, Key: newKey(), Body: inPieces('RIFF'), ContentLength: 4 });

  await assert.rejects(own.send(put), { name: 'BadDigest' });
});

test('keys with spaces, signs and umlauts are kept to the letter', async () => {
  const prefix = newKey();
  const Key = `${prefix}/a b+c&d=é (1)'*!~;:@,$.wav`;

  await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));

  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: prefix }));
  assert.deepEqual(
    Contents.map((object) => object.Key),
    [Key],
  );
  const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
  assert.equal(await got.Body?.transformToString(), 'x');
});

test('If-None-Match lets an object be written once', async () => {
  const put = () => s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x', IfNoneMatch: '*' }));
  const Key = newKey();

  await put();

  await assert.rejects(put(), answered(412, 'PreconditionFailed'));
});

test('If-Match writes over exactly what was read', async () => {
  const Key = newKey();
  const { ETag } = await s3.send(new PutObjectCommand({ Bucket, Key, Body: '1' }));
  const put = () => s3.send(new PutObjectCommand({ Bucket, Key, Body: '2', IfMatch: ETag }));

  await put();

  await assert.rejects(put(), { name: 'PreconditionFailed' });
});

test('metadata of more than 2 KB is too large', async () => {
  const put = new PutObjectCommand({
    Bucket,
    Key: newKey(),
    Body: 'x',
    Metadata: { note: 'x'.repeat(2045) },
  });

  await assert.rejects(s3.send(put), { name: 'MetadataTooLarge' });
});

test('a part of an object is read by range, from the front or the end', async () => {
  const Key = await newObject('0123456789');
  const read = async (Range: string) => {
    const got = await s3.send(new GetObjectCommand({ Bucket, Key, Range }));
    return [await got.Body?.transformToString(), got.ContentRange, got.$metadata.httpStatusCode];
  };

  assert.deepEqual(await read('bytes=2-4'), ['234', 'bytes 2-4/10', 206]);
  assert.deepEqual(await read('bytes=7-'), ['789', 'bytes 7-9/10', 206]);
  assert.deepEqual(await read('bytes=-2'), ['89', 'bytes 8-9/10', 206]);
  await assert.rejects(read('bytes=10-'), answered(416, 'InvalidRange'));
});

test('a reader who has the object already gets 304', async () => {
  const Key = await newObject('x');
  const { ETag } = await s3.send(new HeadObjectCommand({ Bucket, Key }));

  const again = s3.send(new GetObjectCommand({ Bucket, Key, IfNoneMatch: ETag }));

  await assert.rejects(again, answered(304, 'Unknown'));
});

test('a missing object is NoSuchKey, and NotFound for HEAD', async () => {
  const Key = newKey();

  await assert.rejects(s3.send(new GetObjectCommand({ Bucket, Key })), { name: 'NoSuchKey' });
  await assert.rejects(s3.send(new HeadObjectCommand({ Bucket, Key })), { name: 'NotFound' });
});

test('HeadBucket says whether a bucket exists', async () => {
  await s3.send(new HeadBucketCommand({ Bucket }));

  const head = new HeadBucketCommand({ Bucket: `no-${randomUUID()}` });
  await assert.rejects(s3.send(head), { name: 'NotFound' });
});

test('a deleted object is gone, but its versions stay', async () => {
  const Key = newKey();
  const { VersionId } = await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'kept' }));

  const deleted = await s3.send(new DeleteObjectCommand({ Bucket, Key }));

  assert.equal(deleted.DeleteMarker, true);
  await assert.rejects(s3.send(new GetObjectCommand({ Bucket, Key })), { name: 'NoSuchKey' });
  const got = await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
  assert.equal(await got.Body?.transformToString(), 'kept');

  await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: deleted.VersionId }));
  await s3.send(new HeadObjectCommand({ Bucket, Key }));
});

test('many objects are deleted at once, also missing ones', async () => {
  const Objects = [{ Key: await newObject('1') }, { Key: await newObject('2') }, { Key: newKey() }];

  const { Deleted = [], Errors = [] } = await s3.send(
    new DeleteObjectsCommand({ Bucket, Delete: { Objects } }),
  );

  assert.deepEqual(
    Deleted.map(({ Key }) => Key),
    Objects.map(({ Key }) => Key),
  );
  assert.deepEqual(Errors, []);
});

test('a copy has the bytes, type and metadata of the original', async () => {
  const Key = newKey();
  const copy = `${Key} (copy)`;
  await s3.send(
    new PutObjectCommand({ Bucket, Key, Body: 'x', ContentType: 'audio/wav', Metadata: { a: '1' } }),
  );

  await s3.send(
    new CopyObjectCommand({ Bucket, Key: copy, CopySource: `${Bucket}/${encodeURIComponent(Key)}` }),
  );

  const got = await s3.send(new HeadObjectCommand({ Bucket, Key: copy }));
  assert.deepEqual([got.ContentType, got.Metadata, got.ContentLength], ['audio/wav', { a: '1' }, 1]);
});

test('an object copied onto itself must change something, such as its metadata', async () => {
  const Key = await newObject('x');
  const onto = { Bucket, Key, CopySource: `${Bucket}/${Key}` };

  await assert.rejects(s3.send(new CopyObjectCommand(onto)), { name: 'InvalidRequest' });
  await s3.send(new CopyObjectCommand({ ...onto, MetadataDirective: 'REPLACE', Metadata: { b: '2' } }));

  assert.deepEqual((await s3.send(new HeadObjectCommand({ Bucket, Key }))).Metadata, { b: '2' });
});

test('tags come with the object or later, and a later set replaces the whole', async () => {
  const Key = newKey();
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x', Tagging: 'queue=Billing+1&mode=task' }));
  assert.equal((await s3.send(new HeadObjectCommand({ Bucket, Key }))).TagCount, 2);

  const TagSet = [{ Key: 'state', Value: 'a & b' }];
  const put = new PutObjectTaggingCommand({
    Bucket,
    Key,
    Tagging: { TagSet: [{ Key: 'state', Value: 'a / b' }] },
  });
  await s3.send(put);

  const got = await s3.send(new GetObjectTaggingCommand({ Bucket, Key }));
  assert.deepEqual(got.TagSet, [{ Key: 'state', Value: 'a / b' }]);
  await assert.rejects(s3.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet } })), {
    name: 'InvalidTag',
  });
});

test('a listing goes by pages, in the order of the keys', async () => {
  const prefix = `${newKey()}/`;
  const keys = ['1', '2', '3/a', '3/b', '4'].map((name) => prefix + name);
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));

  const pages: (string | undefined)[][] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket, Prefix: prefix, Delimiter: '/', MaxKeys: 2, ContinuationToken }),
    );
    const { Contents = [], CommonPrefixes = [] } = page;
    pages.push([...Contents.map((one) => one.Key), ...CommonPrefixes.map((one) => one.Prefix)]);
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);

  assert.deepEqual(pages, [
    [`${prefix}1`, `${prefix}2`],
    [`${prefix}4`, `${prefix}3/`],
  ]);
  const after3 = new ListObjectsV2Command({ Bucket, Prefix: prefix, StartAfter: `${prefix}3/a` });
  assert.equal((await s3.send(after3)).KeyCount, 2);
});

test(
  'an operation that the simulator does not have is named, and not taken for another',
  simulatorOnly,
  async () => {
    const Key = await newObject('x');

    await assert.rejects(s3.send(new PutObjectAclCommand({ Bucket, Key, ACL: 'private' })), {
      name: 'NotImplemented',
      message: new RegExp(
        `does not know this operation of s3: PutObjectAcl \\(PUT /${Bucket}/${Key}\\?acl=\\)$`,
      ),
    });
    await assert.rejects(s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x', StorageClass: 'GLACIER' })), {
      name: 'NotImplemented',
      message: 'The simulator does not implement the header x-amz-storage-class',
    });
  },
);

function newKey(): string {
  return `conformance/${randomUUID()}`;
}

async function newObject(Body: string): Promise<string> {
  const Key = newKey();
  await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  return Key;
}

function inPieces(body: string | Buffer): Readable {
  const bytes = Buffer.from(body);
  return Readable.from([bytes.subarray(0, 3), bytes.subarray(3)]);
}
