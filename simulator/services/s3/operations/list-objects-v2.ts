import { bucketArn } from '../s3-names.ts';
import { liveObjects, type ObjectVersion } from '../bucket.ts';
import { invalidArgument } from '../errors.ts';
import { requireBucket, type S3Operation, type S3Parts } from '../parts.ts';
import { s3Xml } from '../xml.ts';

const MOST_KEYS = 1000;
/** Query parameters that are condition keys of policies. */
const CONDITION_KEYS = ['prefix', 'delimiter', 'max-keys'];

export function listObjectsV2(s3: S3Parts): S3Operation {
  return {
    name: 'ListObjectsV2',
    needs({ bucketName, request: { query } }) {
      const given = CONDITION_KEYS.map((name) => [`s3:${name}`, query.get(name)] as const);
      const context = Object.fromEntries(
        given.flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
      );
      return [{ action: 's3:ListBucket', resource: bucketArn(s3, bucketName), context }];
    },
    answer({ bucketName, request: { query } }) {
      const bucket = requireBucket(s3, bucketName);
      const prefix = query.get('prefix') ?? '';
      const delimiter = query.get('delimiter') ?? '';
      const maxKeys = parseMaxKeys(query.get('max-keys'));
      const token = query.get('continuation-token');
      const startAfter = query.get('start-after');
      const after = token === null ? (startAfter ?? '') : fromToken(token);

      const rows = toRows(liveObjects(bucket, prefix), { prefix, delimiter }).filter(({ name }) =>
        isAfter(name, after),
      );
      const page = rows.slice(0, maxKeys);
      const isTruncated = maxKeys > 0 && rows.length > maxKeys;
      const last = page.at(-1);
      return {
        status: 200,
        headers: { 'content-type': 'application/xml', 'x-amz-bucket-region': s3.account.region },
        body: s3Xml('ListBucketResult', {
          Name: bucketName,
          Prefix: prefix,
          ...(delimiter !== '' && { Delimiter: delimiter }),
          ...(startAfter !== null && { StartAfter: startAfter }),
          ...(token !== null && { ContinuationToken: token }),
          ...(isTruncated && last && { NextContinuationToken: toToken(last.name) }),
          KeyCount: page.length,
          MaxKeys: maxKeys,
          IsTruncated: String(isTruncated),
          Contents: page.flatMap(({ object }) => (object ? [contents(object)] : [])),
          CommonPrefixes: page.flatMap(({ name, object }) => (object ? [] : [{ Prefix: name }])),
        }),
      };
    },
  };
}

/** A line of the listing: an object, or the common prefix of many keys up to the delimiter. */
interface Row {
  readonly name: string;
  readonly object?: ObjectVersion;
}

function toRows(
  objects: readonly ObjectVersion[],
  { prefix, delimiter }: { prefix: string; delimiter: string },
): Row[] {
  const rows: Row[] = [];
  for (const object of objects) {
    const end = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length);
    if (end < 0) {
      rows.push({ name: object.key, object });
      continue;
    }
    const name = object.key.slice(0, end + delimiter.length);
    if (rows.at(-1)?.name !== name) rows.push({ name });
  }
  return rows;
}

function contents({ key, lastModifiedMs, etag, bytes }: ObjectVersion) {
  return {
    Key: key,
    LastModified: new Date(lastModifiedMs).toISOString(),
    ETag: `"${etag}"`,
    Size: bytes.sizeBytes,
    StorageClass: 'STANDARD',
  };
}

function parseMaxKeys(given: string | null): number {
  const maxKeys = Number(given ?? MOST_KEYS);
  if (Number.isInteger(maxKeys) && maxKeys >= 0) return Math.min(maxKeys, MOST_KEYS);
  throw invalidArgument('Provided max-keys not an integer or within integer range', 'max-keys', given ?? '');
}

function isAfter(name: string, after: string): boolean {
  return after === '' || Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0;
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
