import type { ObjectVersion } from './bucket.ts';
import { noSuchKey, notImplemented, preconditionFailed } from './errors.ts';

type Headers = Readonly<Record<string, string>>;

/** The condition of a write: the object does not exist, or has this ETag. */
export interface WriteCondition {
  readonly ifNoneMatch?: '*';
  readonly ifMatch?: string;
}

/** S3 knows `If-None-Match` on writes with `*` only. */
export function writeCondition(headers: Headers): WriteCondition {
  const { 'if-none-match': ifNoneMatch, 'if-match': ifMatch } = headers;
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*')
    throw notImplemented('If-None-Match with an ETag on a write');
  return {
    ...(ifNoneMatch !== undefined && { ifNoneMatch: '*' }),
    ...(ifMatch !== undefined && { ifMatch }),
  };
}

/**
 * Throws AwsError PreconditionFailed, or NoSuchKey if If-Match names an object that does not exist. Source:
 * Amazon S3 User Guide, "Conditional writes".
 */
export function checkWriteCondition(
  { ifNoneMatch, ifMatch }: WriteCondition,
  { key, current }: { key: string; current: ObjectVersion | undefined },
): void {
  if (ifNoneMatch && current) throw preconditionFailed('If-None-Match');
  if (ifMatch === undefined) return;
  if (!current) throw noSuchKey(key);
  if (unquoted(ifMatch) !== current.etag) throw preconditionFailed('If-Match');
}

/**
 * Whether a reader has this version already (304). Throws AwsError PreconditionFailed if the reader wants
 * another. The ETag takes precedence over the date. Source: RFC 9110, 13.2.2.
 */
export function isNotModified(headers: Headers, { etag, lastModifiedMs }: ObjectVersion): boolean {
  const {
    'if-match': ifMatch,
    'if-none-match': ifNoneMatch,
    'if-unmodified-since': ifUnmodifiedSince,
    'if-modified-since': ifModifiedSince,
  } = headers;
  // HTTP dates are in whole seconds.
  const modifiedMs = Math.floor(lastModifiedMs / 1000) * 1000;

  if (ifMatch !== undefined) {
    if (!namesEtag(ifMatch, etag)) throw preconditionFailed('If-Match');
  } else if (ifUnmodifiedSince !== undefined && modifiedMs > Date.parse(ifUnmodifiedSince)) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (ifNoneMatch !== undefined) return namesEtag(ifNoneMatch, etag);
  return ifModifiedSince !== undefined && modifiedMs <= Date.parse(ifModifiedSince);
}

function namesEtag(header: string, etag: string): boolean {
  const named = header.split(',').map((one) => unquoted(one.trim().replace(/^W\//, '')));
  return named.includes('*') || named.includes(etag);
}

export function unquoted(etag: string): string {
  return etag.replaceAll(/^"|"$/g, '');
}
