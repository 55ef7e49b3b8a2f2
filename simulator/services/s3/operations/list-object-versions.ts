import { type Bucket, isDeleteMarker } from '../bucket.ts';
import { invalidArgument } from '../errors.ts';
import { byKey, pageAfter } from '../listing.ts';
import { commonPrefixes, contents, encodingOf, listNeeds, toRows } from '../object-listing.ts';
import { ownerOf } from '../owner.ts';
import { requireBucket, type S3Operation, type S3Parts } from '../parts.ts';
import { s3Xml } from '../xml.ts';

/** ListObjectVersions: versions and delete markers, the newest of each key first. Source: Amazon S3 API Reference. */
export function listObjectVersions(s3: S3Parts): S3Operation {
  return {
    name: 'ListObjectVersions',
    needs: listNeeds(s3, 's3:ListBucketVersions'),
    answer({ bucketName, request: { query } }) {
      const prefix = query.get('prefix') ?? '';
      const delimiter = query.get('delimiter') ?? '';
      const markers = { key: query.get('key-marker'), id: query.get('version-id-marker') };
      if (markers.id && !markers.key) {
        const message = 'A version-id marker cannot be specified without a key marker.';
        throw invalidArgument(message, 'version-id-marker', markers.id);
      }
      const { encode, told } = encodingOf(query);
      const bucket = requireBucket(s3, bucketName);
      const rows = toRows(versionsIn(bucket, prefix), { prefix, delimiter }).map((row) => ({
        ...row,
        key: row.name,
        id: row.item?.id ?? '',
      }));
      const { page, next } = pageAfter(rows, { ...markers, most: query.get('max-keys') });
      const found = page.flatMap(({ item }) => item ?? []);
      return {
        status: 200,
        headers: { 'content-type': 'application/xml' },
        body: s3Xml('ListVersionsResult', {
          Name: bucketName,
          Prefix: encode(prefix),
          KeyMarker: encode(markers.key ?? ''),
          VersionIdMarker: markers.id ?? '',
          ...(delimiter !== '' && { Delimiter: encode(delimiter) }),
          ...told,
          MaxKeys: query.get('max-keys') ?? '1000',
          IsTruncated: String(next !== undefined),
          ...(next && { NextKeyMarker: encode(next.key) }),
          ...(next && next.id !== '' && { NextVersionIdMarker: next.id }),
          Version: found.flatMap(({ one, common }) =>
            isDeleteMarker(one) ? [] : [{ ...contents(one, { encode, s3, withOwner: true }), ...common }],
          ),
          DeleteMarker: found.flatMap(({ one, common }) =>
            isDeleteMarker(one) ? [{ Owner: ownerOf(s3.account), Key: encode(one.key), ...common }] : [],
          ),
          CommonPrefixes: commonPrefixes(page, encode),
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
      const LastModified = new Date(one.lastModifiedMs).toISOString();
      return { key, id, one, common: { VersionId: id, IsLatest: String(index === 0), LastModified } };
    }),
  );
}
