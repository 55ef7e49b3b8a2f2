import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { startS3Target } from './s3-target.ts';
import { simulatorOnly } from './setup.ts';

const { client: settings, Bucket, events, close } = await startS3Target();
const s3 = new S3Client(settings);
after(close);

const PART_BYTES = 5 * 1024 * 1024;

test('a multipart upload becomes one object, with the number of parts in its ETag', async () => {
  const { Key, UploadId, upload } = await newUpload();
  const Parts = [await upload(1, Buffer.alloc(PART_BYTES, 'a')), await upload(2, Buffer.from('end'))];

  const completed = await s3.send(
    new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
  );

  assert.match(completed.ETag ?? '', /^"[\da-f]{32}-2"$/);
  const end = await s3.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=-4' }));
  assert.equal(await end.Body?.transformToString(), 'aend');
  assert.equal((await s3.send(new HeadObjectCommand({ Bucket, Key }))).ContentType, 'audio/wav');
});

test('a part that is not the last must have 5 MiB', async () => {
  const { Key, UploadId, upload } = await newUpload();
  const Parts = [await upload(1, Buffer.from('small')), await upload(2, Buffer.from('end'))];

  const complete = new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } });

  await assert.rejects(s3.send(complete), { name: 'EntityTooSmall' });
});

test('parts out of order, or other than those uploaded, do not make an object', async () => {
  const { Key, UploadId, upload } = await newUpload();
  const one = await upload(1, Buffer.from('1'));
  const two = await upload(2, Buffer.from('2'));
  const complete = (Parts: (typeof one)[]) =>
    s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));

  await assert.rejects(complete([two, one]), { name: 'InvalidPartOrder' });
  await assert.rejects(complete([{ PartNumber: 1, ETag: two.ETag }]), { name: 'InvalidPart' });
});

test('a multipart upload can be the first writer of a key, or nobody', async () => {
  const { Key, UploadId, upload } = await newUpload();
  const Parts = [await upload(1, Buffer.from('late'))];
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'first' }));

  const complete = { Bucket, Key, UploadId, MultipartUpload: { Parts }, IfNoneMatch: '*' };

  await assert.rejects(s3.send(new CompleteMultipartUploadCommand(complete)), { name: 'PreconditionFailed' });
});

test('an aborted upload does not exist any more', async () => {
  const { Key, UploadId, upload } = await newUpload();

  await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));

  await assert.rejects(upload(1, Buffer.from('x')), { name: 'NoSuchUpload' });
});

test('EventBridge gets the name of each way of writing', simulatorOnly, async () => {
  const { Key, UploadId, upload } = await newUpload();
  const Parts = [await upload(1, Buffer.from('x'))];
  await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
  await s3.send(new CopyObjectCommand({ Bucket, Key: `${Key}2`, CopySource: `${Bucket}/${Key}` }));
  await s3.send(new PutObjectCommand({ Bucket, Key: `${Key}3`, Body: 'x' }));

  const reasons = events.slice(-3).map(({ detail }) => detail['reason']);
  assert.deepEqual(reasons, ['CompleteMultipartUpload', 'CopyObject', 'PutObject']);
});

async function newUpload() {
  const Key = `conformance/${randomUUID()}`;
  const { UploadId } = await s3.send(
    new CreateMultipartUploadCommand({ Bucket, Key, ContentType: 'audio/wav' }),
  );
  const upload = async (PartNumber: number, Body: Buffer) => {
    const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
    return { PartNumber, ETag };
  };
  return { Key, UploadId, upload };
}
