import { askKeyOf } from '../encryption.ts';
import { addPart, partNumberIn, requireUpload } from '../multipart.ts';
import { checksumHeaders } from '../object-headers.ts';
import type { S3Operation, S3Parts } from '../parts.ts';
import { objectArn } from '../s3-names.ts';

/** A part sent again replaces the one of that number. */
export function uploadPart(s3: S3Parts): S3Operation {
  return {
    name: 'UploadPart',
    needs: ({ bucketName, key }) => [{ action: 's3:PutObject', resource: objectArn(s3, bucketName, key) }],
    async answer(call) {
      const { headers, body } = call.request;
      const { upload } = requireUpload(s3, call);
      const number = partNumberIn(call);
      askKeyOf(s3, call.bucketName, upload, call.request.caller);
      const crc32 = headers['x-amz-checksum-crc32'];
      const { bytes } = await addPart(s3, upload, { number, body, crc32 });
      const { 'x-amz-checksum-type': _, ...checksum } = checksumHeaders(headers);
      return { status: 200, headers: { etag: `"${bytes.md5}"`, ...checksum } };
    },
  };
}
