import { objectArn } from '../s3-names.ts';
import { requireUpload } from '../multipart.ts';
import { invalidArgument } from '../errors.ts';
import { checksumHeaders } from '../object-headers.ts';
import type { S3Operation, S3Parts } from '../parts.ts';

const MOST_PARTS = 10_000;

/** A part sent again replaces the one of that number. */
export function uploadPart(s3: S3Parts): S3Operation {
  return {
    name: 'UploadPart',
    needs: ({ bucketName, key }) => [{ action: 's3:PutObject', resource: objectArn(s3, bucketName, key) }],
    async answer(call) {
      const { headers, query, body } = call.request;
      const { upload } = requireUpload(s3, call);
      const given = query.get('partNumber') ?? '';
      const number = Number(given);
      if (!Number.isInteger(number) || number < 1 || number > MOST_PARTS) {
        const message = `Part number must be an integer between 1 and ${MOST_PARTS}, inclusive`;
        throw invalidArgument(message, 'partNumber', given);
      }

      const bytes = await s3.bytes.keep(body);
      const replaced = upload.parts.get(number);
      upload.parts.set(number, { bytes, crc32: headers['x-amz-checksum-crc32'] });
      if (replaced) await s3.bytes.discard(replaced.bytes);
      const { 'x-amz-checksum-type': _, ...checksum } = checksumHeaders(headers);
      return { status: 200, headers: { etag: `"${bytes.md5}"`, ...checksum } };
    },
  };
}
