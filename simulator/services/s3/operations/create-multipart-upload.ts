import { randomBytes } from 'node:crypto';
import { askKey, encryptionHeaders } from '../encryption.ts';
import { keptHeaders, userMetadata } from '../object-headers.ts';
import { writePermissions } from '../permissions.ts';
import { requireBucket, type S3Operation, type S3Parts } from '../parts.ts';
import { parseTaggingHeader } from '../tagging.ts';
import { s3Xml } from '../xml.ts';

export function createMultipartUpload(s3: S3Parts): S3Operation {
  return {
    name: 'CreateMultipartUpload',
    needs: (call) => writePermissions(s3, call),
    answer({ bucketName, key, request: { headers, caller } }) {
      const bucket = requireBucket(s3, bucketName);
      const encrypted = encryptionHeaders(s3, bucket, headers);
      askKey(s3, { bucketName, key, headers: encrypted }, ['GenerateDataKey'], caller);
      const id = randomBytes(48).toString('base64url');
      bucket.uploads.set(id, {
        id,
        key,
        startedMs: s3.clock.now(),
        headers: { ...keptHeaders(headers), ...encrypted },
        metadata: userMetadata(headers),
        tags: parseTaggingHeader(headers['x-amz-tagging']),
        parts: new Map(),
      });
      return {
        status: 200,
        headers: { 'content-type': 'application/xml' },
        body: s3Xml('InitiateMultipartUploadResult', { Bucket: bucketName, Key: key, UploadId: id }),
      };
    },
  };
}
