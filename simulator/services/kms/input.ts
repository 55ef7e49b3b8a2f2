import type { JsonObject } from '../../gateway/protocols.ts';
import { AwsError, type Permission } from '../../service.ts';
import type { Key } from './key.ts';
import type { KmsParts } from './parts.ts';

/** By id or ARN, and, unless they are ruled out, by the name or the ARN of an alias. */
function findKey(
  input: JsonObject,
  { keys, account: { partition, region, id } }: KmsParts,
  { byAlias }: { readonly byAlias: boolean },
): Key | undefined {
  const { KeyId: keyId } = input;
  const prefix = `arn:${partition}:kms:${region}:${id}:`;
  return keys.find(
    (key) =>
      key.id === keyId ||
      key.arn === keyId ||
      (byAlias && key.aliases.some((alias) => alias === keyId || `${prefix}${alias}` === keyId)),
  );
}

/** Throws AwsError NotFoundException, in KMS's words, and ValidationException where no key is named. */
export function requireKey(input: JsonObject, parts: KmsParts, options: { readonly byAlias: boolean }): Key {
  const { KeyId: keyId } = input;
  if (typeof keyId !== 'string' || keyId === '') throw validation('KeyId must be given.');
  const found = findKey(input, parts, options);
  if (found) return found;
  const { partition, region, id } = parts.account;
  const prefix = `arn:${partition}:kms:${region}:${id}:`;
  const [, , , askedRegion] = keyId.split(':');
  if (askedRegion !== undefined && askedRegion !== region) throw notFound(`Invalid arn ${askedRegion}`);
  if (/^(arn:.*:)?alias\//.test(keyId)) {
    throw notFound(`Alias ${keyId.startsWith('arn:') ? keyId : `${prefix}${keyId}`} is not found.`);
  }
  throw notFound(`Key '${keyId.startsWith('arn:') ? keyId : `${prefix}key/${keyId}`}' does not exist`);
}

/** An operation's own action on the key it means. One that is not there goes by what it is called. */
export function onKey(action: string, parts: KmsParts, options: { readonly byAlias: boolean }) {
  return (input: JsonObject): readonly Permission[] => {
    const { partition, region, id } = parts.account;
    const keyId = String(input['KeyId']);
    const unknown = keyId.startsWith('arn:') ? keyId : `arn:${partition}:kms:${region}:${id}:key/${keyId}`;
    return [{ action: `kms:${action}`, resource: findKey(input, parts, options)?.arn ?? unknown }];
  };
}

/** Throws AwsError ValidationException, InvalidMarkerException. */
export function pageIn<Thing>(
  things: readonly Thing[],
  input: JsonObject,
  { fallback, most }: { readonly fallback: number; readonly most: number },
): { readonly page: readonly Thing[]; readonly rest: JsonObject } {
  const { Limit: limit = fallback, Marker: marker = '0' } = input;
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1 || limit > most) {
    throw validation(`Limit must be 1 to ${most}.`);
  }
  const start = Number(marker);
  if (typeof marker !== 'string' || !Number.isInteger(start) || start < 0 || start > things.length) {
    throw new AwsError('InvalidMarkerException', 400, 'Invalid marker.');
  }
  const end = start + limit;
  const isTruncated = end < things.length;
  return {
    page: things.slice(start, end),
    rest: { Truncated: isTruncated, ...(isTruncated && { NextMarker: String(end) }) },
  };
}

export function notFound(message: string): AwsError {
  return new AwsError('NotFoundException', 400, message);
}

function validation(message: string): AwsError {
  return new AwsError('ValidationException', 400, message);
}
