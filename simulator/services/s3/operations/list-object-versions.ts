import { type Bucket, isDeleteMarker } from '../bucket.ts';
import { byKey, pageAfter } from '../listing.ts';
import { requireBucket, type S3Operation, type S3Parts } from '../parts.ts';
import { bucketArn } from '../s3-names.ts';
import { s3Xml } from '../xml.ts';

/**
 * ListObjectVersions: versions and delete markers, the newest of each key first. No delimiters. Source: Amazon S3 API
 * Reference.
 */
export function listObjectVersions(s3: S3Parts): S3Operation {
  return {
    name: 'ListObjectVersions',
    needs: ({ bucketName }) => [{ action: 's3:ListBucketVersions', resource: bucketArn(s3, bucketName) }],
    answer({ bucketName, request: { query } }) {
      const prefix = query.get('prefix') ?? '';
      const { page, next } = pageAfter(versionsIn(requireBucket(s3, bucketName), prefix), {
        key: query.get('key-marker'),
        id: query.get('version-id-marker'),
        most: query.get('max-keys'),
      });
      return {
        status: 200,
        headers: { 'content-type': 'application/xml' },
        body: s3Xml('ListVersionsResult', {
          Name: bucketName,
          Prefix: prefix,
          IsTruncated: String(next !== undefined),
          ...(next && { NextKeyMarker: next.key, NextVersionIdMarker: next.id }),
          Version: page.filter(({ isMarker }) => !isMarker).map(({ shown }) => shown),
          DeleteMarker: page.filter(({ isMarker }) => isMarker).map(({ shown }) => shown),
        }),
      };
    },
  };
}

function versionsIn({ versions }: Bucket, prefix: string) {
  const found = [...versions.entries()]
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, ofKey]) => ({ key, ofKey }));
  return byKey(found).flatMap(({ key, ofKey }) =>
    ofKey.toReversed().map((one, index) => {
      const id = one.versionId ?? 'null';
      const isMarker = isDeleteMarker(one);
      const shown = {
        Key: key,
        VersionId: id,
        IsLatest: String(index === 0),
        LastModified: new Date(one.lastModifiedMs).toISOString(),
        ...(!isMarker && { ETag: `"${one.etag}"`, Size: one.bytes.sizeBytes, StorageClass: 'STANDARD' }),
      };
      return { key, id, isMarker, shown };
    }),
  );
}
