import { invalidArgument } from './errors.ts';
import type { S3Call, S3Parts } from './parts.ts';
import { bucketArn } from './s3-names.ts';
import type { ObjectVersion } from './bucket.ts';
import { ownerOf } from './owner.ts';
import { storageClassOf } from './storage-class.ts';

const MOST_KEYS = 1000;
/** Query parameters that are condition keys of policies. */
const CONDITION_KEYS = ['prefix', 'delimiter', 'max-keys'];

/** The permission of all listings, with what policies may ask of the request. */
export function listNeeds(s3: S3Parts, action: 's3:ListBucket' | 's3:ListBucketVersions') {
  return ({ bucketName, request: { query } }: S3Call) => {
    const given = CONDITION_KEYS.map((name) => [`s3:${name}`, query.get(name)] as const);
    const context = Object.fromEntries(
      given.flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
    );
    return [{ action, resource: bucketArn(s3, bucketName), context }];
  };
}

/** A line of a listing: what was found, or the common prefix of many keys up to the delimiter. */
export interface Row<Item> {
  readonly name: string;
  readonly item?: Item;
}

/** `items` are in the order of their keys. */
export function toRows<Item extends { readonly key: string }>(
  items: readonly Item[],
  { prefix, delimiter }: { prefix: string; delimiter: string },
): Row<Item>[] {
  const rows: Row<Item>[] = [];
  for (const item of items) {
    const end = delimiter === '' ? -1 : item.key.indexOf(delimiter, prefix.length);
    if (end < 0) {
      rows.push({ name: item.key, item });
      continue;
    }
    const name = item.key.slice(0, end + delimiter.length);
    if (rows.at(-1)?.name !== name) rows.push({ name });
  }
  return rows;
}

/** The next rows after a name, and whether there are more. Throws AwsError InvalidArgument for `max-keys`. */
export function rowsAfter<Item>(rows: readonly Row<Item>[], after: string, given: string | null) {
  const maxKeys = parseMaxKeys(given);
  const rest = rows.filter(({ name }) => isAfter(name, after));
  const page = rest.slice(0, maxKeys);
  return { page, maxKeys, isTruncated: maxKeys > 0 && rest.length > maxKeys, last: page.at(-1)?.name };
}

function parseMaxKeys(given: string | null): number {
  const maxKeys = Number(given ?? MOST_KEYS);
  if (Number.isInteger(maxKeys) && maxKeys >= 0) return Math.min(maxKeys, MOST_KEYS);
  throw invalidArgument('Provided max-keys not an integer or within integer range', 'max-keys', given ?? '');
}

function isAfter(name: string, after: string): boolean {
  return after === '' || Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0;
}

type Encode = (name: string) => string;

/**
 * How names stand in the answer: as they are, or as in a query with `encoding-type=url`, since XML cannot hold every
 * character. Throws AwsError InvalidArgument. Source: Amazon S3 API Reference, ListObjectsV2, "encoding-type".
 */
export function encodingOf(query: URLSearchParams): { readonly encode: Encode; readonly told: object } {
  const type = query.get('encoding-type');
  if (type === null) return { encode: (name) => name, told: {} };
  if (type === 'url') return { encode: urlEncoded, told: { EncodingType: type } };
  throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', type);
}

/** A space becomes a plus; slashes stay. */
function urlEncoded(name: string): string {
  return new URLSearchParams({ name }).toString().slice('name='.length).replaceAll('%2F', '/');
}

/** An object in a listing. */
export function contents(
  version: ObjectVersion,
  { encode, s3, withOwner }: { encode: Encode; s3: S3Parts; withOwner: boolean },
) {
  const { key, lastModifiedMs, etag, bytes, headers } = version;
  const algorithm = checksumAlgorithm(headers);
  return {
    Key: encode(key),
    LastModified: new Date(lastModifiedMs).toISOString(),
    ETag: `"${etag}"`,
    ...(algorithm !== undefined && {
      ChecksumAlgorithm: algorithm,
      ChecksumType: headers['x-amz-checksum-type'],
    }),
    Size: bytes.sizeBytes,
    StorageClass: storageClassOf(version),
    ...(withOwner && { Owner: ownerOf(s3.account) }),
  };
}

/** `CRC32` where the object has `x-amz-checksum-crc32`. */
function checksumAlgorithm(headers: ObjectVersion['headers']): string | undefined {
  const name = Object.keys(headers).find((one) => /^x-amz-checksum-(crc|sha)/.test(one));
  return name?.slice('x-amz-checksum-'.length).toUpperCase();
}

/** The common prefixes among rows. */
export function commonPrefixes(page: readonly Row<unknown>[], encode: Encode) {
  return page.flatMap(({ name, item }) => (item === undefined ? [{ Prefix: encode(name) }] : []));
}
