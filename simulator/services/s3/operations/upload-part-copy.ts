import { buffer } from 'node:stream/consumers';
import { copySource, requireSource } from '../copy-source.ts';
import { askKeyOf } from '../encryption.ts';
import { invalidArgument } from '../errors.ts';
import { readPermission } from '../find-object.ts';
import { addPart, partNumberIn, requireUpload } from '../multipart.ts';
import type { S3Call, S3Operation, S3Parts } from '../parts.ts';
import { objectArn } from '../s3-names.ts';
import { s3Xml } from '../xml.ts';

/** UploadPartCopy: the bytes of another object, or some of them, as a part. Source: Amazon S3 API Reference. */
export function uploadPartCopy(s3: S3Parts): S3Operation {
  return {
    name: 'UploadPartCopy',
    needs: (call) => [
      readPermission(s3, copySource(call)),
      { action: 's3:PutObject', resource: objectArn(s3, call.bucketName, call.key) },
    ],
    async answer(call) {
      const { upload } = requireUpload(s3, call);
      const number = partNumberIn(call);
      const original = requireSource(s3, call);
      askKeyOf(s3, copySource(call).bucketName, original, call.request.caller);
      askKeyOf(s3, call.bucketName, upload, call.request.caller);
      const range = rangeIn(call, original.bytes.sizeBytes);
      const body = range ? await buffer(s3.bytes.stream(original.bytes, range)) : Buffer.alloc(0);
      const { bytes, uploadedMs } = await addPart(s3, upload, { number, body, crc32: undefined });
      return {
        status: 200,
        headers: {
          'content-type': 'application/xml',
          ...(original.versionId !== undefined && { 'x-amz-copy-source-version-id': original.versionId }),
        },
        body: s3Xml('CopyPartResult', {
          ETag: `"${bytes.md5}"`,
          LastModified: new Date(uploadedMs).toISOString(),
        }),
      };
    },
  };
}

/** Undefined: there are no bytes. Throws AwsError InvalidArgument. */
function rangeIn({ request: { headers } }: S3Call, sizeBytes: number) {
  const given = headers['x-amz-copy-source-range'];
  if (given === undefined) return sizeBytes > 0 ? { first: 0, last: sizeBytes - 1 } : undefined;
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(given) ?? [];
  const [first, last] = [Number(from), Number(to)];
  if (first <= last && last < sizeBytes) return { first, last };
  const message = `Range specified is not valid for source object of size: ${sizeBytes}`;
  throw invalidArgument(message, 'x-amz-copy-source-range', given);
}
