import { byKey, pageAfter } from '../listing.ts';
import { encodingOf } from '../object-listing.ts';
import { ownerOf } from '../owner.ts';
import { requireBucket, type S3Operation, type S3Parts } from '../parts.ts';
import { bucketArn } from '../s3-names.ts';
import { s3Xml } from '../xml.ts';

/** ListMultipartUploads: those that were begun and not ended. No delimiters. Source: Amazon S3 API Reference. */
export function listMultipartUploads(s3: S3Parts): S3Operation {
  return {
    name: 'ListMultipartUploads',
    needs: ({ bucketName }) => [
      { action: 's3:ListBucketMultipartUploads', resource: bucketArn(s3, bucketName) },
    ],
    answer({ bucketName, request: { query } }) {
      const { uploads } = requireBucket(s3, bucketName);
      const prefix = query.get('prefix') ?? '';
      const { encode, told } = encodingOf(query);
      const asked = [...uploads.values()].filter(({ key }) => key.startsWith(prefix));
      const { page, next } = pageAfter(byKey(asked), {
        key: query.get('key-marker'),
        id: query.get('upload-id-marker'),
        most: query.get('max-uploads'),
      });
      return {
        status: 200,
        headers: { 'content-type': 'application/xml' },
        body: s3Xml('ListMultipartUploadsResult', {
          Bucket: bucketName,
          Prefix: encode(prefix),
          ...told,
          IsTruncated: String(next !== undefined),
          ...(next && { NextKeyMarker: encode(next.key), NextUploadIdMarker: next.id }),
          Upload: page.map(({ key, id, startedMs }) => ({
            Key: encode(key),
            UploadId: id,
            Owner: ownerOf(s3.account),
            StorageClass: 'STANDARD',
            Initiated: new Date(startedMs).toISOString(),
          })),
        }),
      };
    },
  };
}
