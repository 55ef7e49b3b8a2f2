import { writeCondition } from '../conditions.ts';
import { askKey, encryptionHeaders } from '../encryption.ts';
import { checksumHeaders, keptHeaders, userMetadata, writtenHeaders } from '../object-headers.ts';
import { writePermissions, writerOf } from '../permissions.ts';
import { requireBucket, type S3Operation, type S3Parts } from '../parts.ts';
import { parseTaggingHeader } from '../tagging.ts';

export function putObject(s3: S3Parts): S3Operation {
  return {
    name: 'PutObject',
    needs: (call) => writePermissions(s3, call),
    async answer({ bucketName, key, request }) {
      const { headers, body } = request;
      const bucket = requireBucket(s3, bucketName);
      const encrypted = encryptionHeaders(s3, bucket, headers);
      askKey(s3, { bucketName, key, headers: encrypted }, ['GenerateDataKey'], request.caller);
      const version = await s3.writer.write({
        bucket,
        key,
        headers: { ...keptHeaders(headers), ...encrypted, ...checksumHeaders(headers) },
        metadata: userMetadata(headers),
        tags: parseTaggingHeader(headers['x-amz-tagging']),
        condition: writeCondition(headers),
        reason: 'PutObject',
        writer: writerOf(request),
        keep: () => s3.bytes.keep(body),
      });
      return { status: 200, headers: writtenHeaders(version) };
    },
  };
}
