import { liveObjects } from '../bucket.ts';
import { commonPrefixes, contents, encodingOf, listNeeds, rowsAfter, toRows } from '../object-listing.ts';
import { requireBucket, type S3Operation, type S3Parts } from '../parts.ts';
import { s3Xml } from '../xml.ts';

/**
 * ListObjects, the first version: pages by `marker`, and `NextMarker` only with a delimiter; otherwise the last key is
 * the next marker. Source: Amazon S3 API Reference.
 */
export function listObjects(s3: S3Parts): S3Operation {
  return {
    name: 'ListObjects',
    needs: listNeeds(s3, 's3:ListBucket'),
    answer({ bucketName, request: { query } }) {
      const bucket = requireBucket(s3, bucketName);
      const prefix = query.get('prefix') ?? '';
      const delimiter = query.get('delimiter') ?? '';
      const marker = query.get('marker') ?? '';
      const { encode, told } = encodingOf(query);
      const shape = { encode, s3, withOwner: true };

      const rows = toRows(liveObjects(bucket, prefix), { prefix, delimiter });
      const { page, maxKeys, isTruncated, last } = rowsAfter(rows, marker, query.get('max-keys'));
      return {
        status: 200,
        headers: { 'content-type': 'application/xml', 'x-amz-bucket-region': s3.account.region },
        body: s3Xml('ListBucketResult', {
          Name: bucketName,
          Prefix: encode(prefix),
          Marker: encode(marker),
          ...(delimiter !== '' && { Delimiter: encode(delimiter) }),
          ...(isTruncated && delimiter !== '' && last !== undefined && { NextMarker: encode(last) }),
          ...told,
          MaxKeys: maxKeys,
          IsTruncated: String(isTruncated),
          Contents: page.flatMap(({ item }) => (item ? [contents(item, shape)] : [])),
          CommonPrefixes: commonPrefixes(page, encode),
        }),
      };
    },
  };
}
