import { objectArn } from '../s3-names.ts';
import { discardParts, requireUpload } from '../multipart.ts';
import type { S3Operation, S3Parts } from '../parts.ts';

export function abortMultipartUpload(s3: S3Parts): S3Operation {
  return {
    name: 'AbortMultipartUpload',
    needs: ({ bucketName, key }) => [
      { action: 's3:AbortMultipartUpload', resource: objectArn(s3, bucketName, key) },
    ],
    async answer(call) {
      const { bucket, upload } = requireUpload(s3, call);
      bucket.uploads.delete(upload.id);
      await discardParts(s3, upload);
      return { status: 204 };
    },
  };
}
