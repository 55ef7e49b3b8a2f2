import { type ApiRequest, AwsError } from '../../service.ts';
import { notImplemented } from './errors.ts';

/** Headers that are used here, or that do not change an answer. */
const KNOWN_HEADERS = new Set(
  [
    'content-sha256 date security-token user-agent sdk-checksum-algorithm trailer decoded-content-length',
    'tagging tagging-directive metadata-directive copy-source copy-source-range expected-bucket-owner',
    'server-side-encryption server-side-encryption-aws-kms-key-id optional-object-attributes',
    'object-attributes max-parts part-number-marker mp-object-size',
  ].flatMap((line) => line.split(' ').map((name) => `x-amz-${name}`)),
);
const KNOWN_BEGINNINGS = /^x-amz-(meta-|checksum-|copy-source-if-)/;
/** What these headers ask for is what happens anyway. */
const AS_ALWAYS: Readonly<Record<string, string>> = {
  'x-amz-storage-class': 'STANDARD',
  'x-amz-acl': 'bucket-owner-full-control',
};

/**
 * Throws AwsError NotImplemented, which names the header, if a header asks for something that is not
 * simulated, and AccessDenied if the request expects another owner of the bucket.
 */
export function checkHeaders({ headers, caller }: ApiRequest): void {
  const unknown = Object.entries(headers).find(([name, value]) => !isKnown(name, value));
  if (unknown) throw notImplemented(`the header ${unknown[0]}`);
  const owner = headers['x-amz-expected-bucket-owner'] ?? caller.accountId;
  if (owner !== caller.accountId) throw new AwsError('AccessDenied', 403, 'Access Denied');
}

function isKnown(name: string, value: string): boolean {
  if (!name.startsWith('x-amz-') || KNOWN_HEADERS.has(name) || KNOWN_BEGINNINGS.test(name)) return true;
  return AS_ALWAYS[name] === value;
}
