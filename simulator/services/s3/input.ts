import { type ApiRequest, AwsError } from '../../service.ts';
import { notImplemented } from './errors.ts';

/** Headers that are used here, or that do not change an answer. */
const KNOWN_HEADERS =
  /^x-amz-(meta-.*|checksum-.*|content-sha256|date|security-token|user-agent|sdk-checksum-algorithm|trailer|decoded-content-length|tagging|tagging-directive|metadata-directive|copy-source|server-side-encryption|server-side-encryption-aws-kms-key-id|expected-bucket-owner)$/;

/**
 * Throws AwsError NotImplemented, which names the header, if a header asks for something that is not
 * simulated, and AccessDenied if the request expects another owner of the bucket.
 */
export function checkHeaders({ headers, caller }: ApiRequest): void {
  const unknown = Object.keys(headers).find((name) => name.startsWith('x-amz-') && !KNOWN_HEADERS.test(name));
  if (unknown !== undefined) throw notImplemented(`the header ${unknown}`);
  const owner = headers['x-amz-expected-bucket-owner'] ?? caller.accountId;
  if (owner !== caller.accountId) throw new AwsError('AccessDenied', 403, 'Access Denied');
}
