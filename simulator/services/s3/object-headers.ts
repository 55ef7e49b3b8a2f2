import { AwsError } from '../../service.ts';
import type { ObjectVersion } from './bucket.ts';

type Headers = Readonly<Record<string, string>>;

const METADATA_PREFIX = 'x-amz-meta-';
const MOST_METADATA_BYTES = 2048;
const DEFAULT_CONTENT_TYPE = 'binary/octet-stream';

/** Stored with an object and returned with it. */
const KEPT = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
];
const CHECKSUMS = ['x-amz-checksum-crc32', 'x-amz-checksum-sha1', 'x-amz-checksum-sha256'];

/** Query parameters of GetObject and the header that each replaces in the answer. */
const OVERRIDES = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];

/** The headers to store with an object, beside those of its encryption: octet-stream if there is no type. */
export function keptHeaders(given: Headers): Record<string, string> {
  const kept = KEPT.filter((name) => given[name] !== undefined).map((name) => [name, given[name] ?? '']);
  return {
    'content-type': DEFAULT_CONTENT_TYPE,
    ...Object.fromEntries(kept),
  };
}

/** The checksum of a request's body, as headers of the answer. */
export function checksumHeaders(given: Headers): Record<string, string> {
  const [name] = CHECKSUMS.filter((one) => given[one] !== undefined);
  if (name === undefined) return {};
  return { [name]: given[name] ?? '', 'x-amz-checksum-type': 'FULL_OBJECT' };
}

/**
 * The user metadata in a request's headers. Throws AwsError MetadataTooLarge if names and values together
 * exceed 2 KB.
 */
export function userMetadata(given: Headers): Record<string, string> {
  const metadata = Object.entries(given)
    .filter(([name]) => name.startsWith(METADATA_PREFIX))
    .map(([name, value]) => [name.slice(METADATA_PREFIX.length), value] as const);
  const sizeBytes = metadata.reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name + value, 'latin1'),
    0,
  );
  if (sizeBytes > MOST_METADATA_BYTES) {
    const message = 'Your metadata headers exceed the maximum allowed metadata size';
    const members = { Size: sizeBytes, MaxSizeAllowed: MOST_METADATA_BYTES };
    throw new AwsError('MetadataTooLarge', 400, message, members);
  }
  return Object.fromEntries(metadata);
}

/** The headers of a GetObject or HeadObject answer that do not depend on the range. */
export function answerHeaders(
  version: ObjectVersion,
  { query, withChecksum }: { query: URLSearchParams; withChecksum: boolean },
): Record<string, string> {
  const { headers, metadata } = version;
  const kept = Object.entries(headers).filter(
    ([name]) => withChecksum || !name.startsWith('x-amz-checksum-'),
  );
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [METADATA_PREFIX + name, value])),
    ...overrides(query),
    ...validators(version),
    ...versionHeader(version),
    'accept-ranges': 'bytes',
  };
}

/** The headers by which a client sees whether an object changed. */
export function validators({ etag, lastModifiedMs }: ObjectVersion): Record<string, string> {
  return { etag: `"${etag}"`, 'last-modified': new Date(lastModifiedMs).toUTCString() };
}

export function versionHeader({ versionId }: { versionId?: string }): Record<string, string> {
  return versionId === undefined ? {} : { 'x-amz-version-id': versionId };
}

/** The stored headers that writing operations return too. */
export function writtenHeaders(version: ObjectVersion): Record<string, string> {
  const told = Object.entries(version.headers).filter(([name]) => name.startsWith('x-amz-'));
  return { ...Object.fromEntries(told), etag: `"${version.etag}"`, ...versionHeader(version) };
}

/** Allowed in signed requests only; every request here is signed. */
function overrides(query: URLSearchParams): Record<string, string> {
  const asked = OVERRIDES.map((name) => [name, query.get(`response-${name}`)] as const);
  return Object.fromEntries(asked.flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}
