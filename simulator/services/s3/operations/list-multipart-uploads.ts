import { byKey, pageAfter } from '../listing.ts';
import { requireBucket, type S3Operation, type S3Parts } from '../parts.ts';
import { bucketArn } from '../s3-names.ts';
import { s3Xml } from '../xml.ts';

/** ListMultipartUploads: those that were begun and not ended. Source: Amazon S3 API Reference. */
export function listMultipartUploads(s3: S3Parts): S3Operation {
  return {
    name: 'ListMultipartUploads',
    needs: ({ bucketName }) => [
      { action: 's3:ListBucketMultipartUploads', resource: bucketArn(s3, bucketName) },
    ],
    answer({ bucketName, request: { query } }) {
      const { uploads } = requireBucket(s3, bucketName);
      const { page, next } = pageAfter(byKey([...uploads.values()]), {
        key: query.get('key-marker'),
        id: query.get('upload-id-marker'),
        most: query.get('max-uploads'),
      });
      return {
        status: 200,
        headers: { 'content-type': 'application/xml' },
        body: s3Xml('ListMultipartUploadsResult', {
          Bucket: bucketName,
          IsTruncated: String(next !== undefined),
          ...(next && { NextKeyMarker: next.key, NextUploadIdMarker: next.id }),
          Upload: page.map(({ key, id }) => ({ Key: key, UploadId: id, StorageClass: 'STANDARD' })),
        }),
      };
    },
  };
}
