import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectAclCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { startS3Target } from './s3-target.ts';
import { answered, simulatorOnly } from './setup.ts';

const { client: settings, Bucket, gateway, close } = await startS3Target();
const s3 = new S3Client(settings);
after(async () => {
  s3.destroy();
  await close();
});

const MOST_OF_A_PART = Buffer.alloc(5 * 1024 * 1024, 'a');

/** An object of two parts: one that is uploaded, and one that is copied from the end of another object. */
async function twoParts({ checksums }: { checksums: boolean }) {
  const Key = `attributes/${checksums}`;
  await s3.send(new PutObjectCommand({ Bucket, Key: 'attributes/end', Body: 'the end' }));
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const upload = { Bucket, Key, UploadId };
  const first = await s3.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: MOST_OF_A_PART }));
  const second = checksums
    ? await s3.send(new UploadPartCommand({ ...upload, PartNumber: 2, Body: 'end' }))
    : await copiedPart(upload);
  const Parts = [first, second].map(({ ETag }, index) => ({ ETag, PartNumber: index + 1 }));
  return { upload, complete: new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }) };
}

async function copiedPart(upload: { Bucket: string; Key: string; UploadId: string | undefined }) {
  const CopySource = `${Bucket}/attributes/end`;
  const { CopyPartResult } = await s3.send(
    new UploadPartCopyCommand({ ...upload, PartNumber: 2, CopySource, CopySourceRange: 'bytes=4-6' }),
  );
  return { ETag: CopyPartResult?.ETag };
}

test('parts are listed while they come, and are read one by one afterwards', async () => {
  const { upload, complete } = await twoParts({ checksums: false });

  const first = await s3.send(new ListPartsCommand({ ...upload, MaxParts: 1 }));
  const rest = await s3.send(
    new ListPartsCommand({ ...upload, PartNumberMarker: first.NextPartNumberMarker }),
  );
  await s3.send(complete);
  const object = { Bucket, Key: upload.Key };
  const end = await s3.send(new GetObjectCommand({ ...object, PartNumber: 2 }));
  const head = await s3.send(new HeadObjectCommand({ ...object, PartNumber: 1 }));

  assert.deepEqual(
    [first, rest].map((page) => [page.IsTruncated, page.Parts?.map((part) => part.Size)]),
    [
      [true, [MOST_OF_A_PART.length]],
      [false, [3]],
    ],
  );
  assert.equal(await end.Body?.transformToString(), 'end');
  assert.deepEqual([end.PartsCount, end.ContentRange], [2, 'bytes 5242880-5242882/5242883']);
  assert.deepEqual([head.PartsCount, head.ContentLength], [2, MOST_OF_A_PART.length]);
  await assert.rejects(
    s3.send(new GetObjectCommand({ ...object, PartNumber: 3 })),
    answered(416, 'InvalidPartNumber'),
  );
  await assert.rejects(s3.send(new ListPartsCommand(upload)), { name: 'NoSuchUpload' });
});

test('attributes are those that are asked for', async () => {
  const { upload, complete } = await twoParts({ checksums: true });
  await s3.send(complete);
  const object = { Bucket, Key: upload.Key };

  const all = await s3.send(
    new GetObjectAttributesCommand({
      ...object,
      ObjectAttributes: ['ETag', 'Checksum', 'ObjectParts', 'ObjectSize', 'StorageClass'],
      MaxParts: 1,
    }),
  );
  const small = await s3.send(
    new GetObjectAttributesCommand({ ...object, Key: 'attributes/end', ObjectAttributes: ['ObjectSize'] }),
  );

  assert.match(all.ETag ?? '', /^[\da-f]{32}-2$/);
  assert.equal(all.Checksum?.ChecksumType, 'COMPOSITE');
  assert.partialDeepStrictEqual(all.ObjectParts, {
    TotalPartsCount: 2,
    IsTruncated: true,
    NextPartNumberMarker: '1',
    Parts: [{ PartNumber: 1, Size: MOST_OF_A_PART.length }],
  });
  assert.deepEqual([small.ObjectSize, small.ETag, small.ObjectParts], [7, undefined, undefined]);
});

test('a copy can ask how its source is', async () => {
  const source = { Bucket, Key: 'attributes/end', CopySource: `${Bucket}/attributes/end` };
  const { ETag } = await s3.send(new HeadObjectCommand({ Bucket, Key: source.Key }));
  const copy = { ...source, Key: 'attributes/copy' };

  await s3.send(new CopyObjectCommand({ ...copy, CopySourceIfMatch: ETag }));
  for (const condition of [{ CopySourceIfMatch: '"other"' }, { CopySourceIfNoneMatch: ETag }]) {
    await assert.rejects(s3.send(new CopyObjectCommand({ ...copy, ...condition })), {
      name: 'PreconditionFailed',
    });
  }
});

test('an object has the access list of its owner, and no lock', simulatorOnly, async () => {
  const object = { Bucket, Key: 'attributes/end' };
  const { Grants } = await s3.send(new GetObjectAclCommand(object));

  assert.deepEqual(
    Grants?.map(({ Permission }) => Permission),
    ['FULL_CONTROL'],
  );
  for (const command of [GetObjectRetentionCommand, GetObjectLegalHoldCommand]) {
    await assert.rejects(s3.send(new command(object)), { name: 'InvalidRequest' });
    await assert.rejects(s3.send(new command({ ...object, Key: 'none' })), { name: 'NoSuchKey' });
  }
});

test('each look at an object has a permission of its own', simulatorOnly, async () => {
  const arn = 'arn:aws:iam::111122223333:role/reader';
  const statements = [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] as const;
  const reader = new S3Client({ ...settings, credentials: gateway.identities.addRole({ arn, statements }) });
  const object = { Bucket, Key: 'attributes/end' };

  const attributes = new GetObjectAttributesCommand({ ...object, ObjectAttributes: ['ETag'] });
  await assert.rejects(reader.send(attributes), { name: 'AccessDenied' });
  for (const command of [GetObjectAclCommand, GetObjectRetentionCommand, GetObjectLegalHoldCommand]) {
    await assert.rejects(reader.send(new command(object)), { name: 'AccessDenied' });
  }
  await assert.rejects(reader.send(new ListPartsCommand({ ...object, UploadId: 'x' })), {
    name: 'AccessDenied',
  });
});

test('a link with version 2 of the signature is refused in words that say so', simulatorOnly, async () => {
  const query = new URLSearchParams({ AWSAccessKeyId: 'AKIA', Signature: 'x=', Expires: '1' });
  const answer = await fetch(`${gateway.endpoint}/${Bucket}/attributes/end?${query.toString()}`);

  assert.equal(answer.status, 400);
  assert.match(await answer.text(), /<Code>InvalidRequest<\/Code>.*AWS4-HMAC-SHA256/);
});
