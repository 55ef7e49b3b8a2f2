import { liveObjects } from '../bucket.ts';
import { invalidArgument } from '../errors.ts';
import { commonPrefixes, contents, encodingOf, listNeeds, rowsAfter, toRows } from '../object-listing.ts';
import { requireBucket, type S3Operation, type S3Parts } from '../parts.ts';
import { s3Xml } from '../xml.ts';

/** ListObjectsV2: the newest versions of a bucket's objects. Source: Amazon S3 API Reference. */
export function listObjectsV2(s3: S3Parts): S3Operation {
  return {
    name: 'ListObjectsV2',
    needs: listNeeds(s3, 's3:ListBucket'),
    answer({ bucketName, request: { query } }) {
      const bucket = requireBucket(s3, bucketName);
      const prefix = query.get('prefix') ?? '';
      const delimiter = query.get('delimiter') ?? '';
      const token = query.get('continuation-token');
      const startAfter = query.get('start-after');
      const { encode, told } = encodingOf(query);
      const shape = { encode, s3, withOwner: query.get('fetch-owner') === 'true' };

      const rows = toRows(liveObjects(bucket, prefix), { prefix, delimiter });
      const after = token === null ? (startAfter ?? '') : fromToken(token);
      const { page, maxKeys, isTruncated, last } = rowsAfter(rows, after, query.get('max-keys'));
      return {
        status: 200,
        headers: { 'content-type': 'application/xml', 'x-amz-bucket-region': s3.account.region },
        body: s3Xml('ListBucketResult', {
          Name: bucketName,
          Prefix: encode(prefix),
          ...(delimiter !== '' && { Delimiter: encode(delimiter) }),
          ...(startAfter !== null && { StartAfter: encode(startAfter) }),
          ...(token !== null && { ContinuationToken: token }),
          ...(isTruncated && last !== undefined && { NextContinuationToken: toToken(last) }),
          ...told,
          KeyCount: page.length,
          MaxKeys: maxKeys,
          IsTruncated: String(isTruncated),
          Contents: page.flatMap(({ item }) => (item ? [contents(item, shape)] : [])),
          CommonPrefixes: commonPrefixes(page, encode),
        }),
      };
    },
  };
}

/** Tokens are opaque to clients. These start with a 1, so that none is empty. */
function toToken(name: string): string {
  return `1${Buffer.from(name).toString('base64url')}`;
}

function fromToken(token: string): string {
  const name = Buffer.from(token.slice(1), 'base64url').toString('utf8');
  if (toToken(name) === token) return name;
  throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token);
}
