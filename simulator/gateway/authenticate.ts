import { createHash } from 'node:crypto';
import { AwsError } from '../service.ts';
import type { Identity } from './callers.ts';
import type { Identities } from './iam.ts';
import { isSignatureRight, type SignatureClaim, type SignedRequest } from './signature-v4.ts';
import { refusalsOf, type Refusals } from './signature-refusals.ts';

/** Source: Amazon S3 API reference, RequestTimeTooSkewed. */
const MAX_SKEW_MS = 15 * 60 * 1000;
const LONGEST_PRESIGNED_SECONDS = 604_800;

/**
 * Who signed the request. The order of checks is AWS's: known key, token,
 * Region, time, signature, body. Throws AwsError with the code that this service uses.
 */
export function authenticate(
  request: SignedRequest & { readonly rawBody: Uint8Array },
  claim: SignatureClaim,
  { identities, nowMs }: { identities: Identities; nowMs: number },
): Identity {
  const refusals = refusalsOf(claim.service);
  const identity = identities.find(claim.accessKeyId);
  if (!identity) throw refusals.unknownKey(claim.accessKeyId);
  if (claim.sessionToken !== identity.credentials.sessionToken) throw refusals.wrongToken();
  if (nowMs >= (identity.expiresAtMs ?? Infinity)) throw refusals.expiredToken();

  const { region } = identities.account;
  if (claim.region !== region) throw refusals.wrongRegion(claim.region, region);

  if (claim.where === 'query') checkLifetime(claim, nowMs);
  else if (Number.isNaN(signedAtMs(claim))) throw refusals.malformed();
  else if (Math.abs(nowMs - signedAtMs(claim)) > MAX_SKEW_MS) throw refusals.skewed(claim.signedAt, nowMs);

  if (!isSignatureRight(request, claim, identity.credentials.secretAccessKey))
    throw refusals.wrongSignature();
  checkAllSigned(request, claim, refusals);
  checkBodyHash(request.rawBody, claim, refusals);
  return identity;
}

/** A presigned URL is good from its date (give or take the skew) for the time it states. */
function checkLifetime(claim: SignatureClaim, nowMs: number): void {
  const expiresSeconds = Number(claim.expires);
  if (!/^-?\d+$/.test(claim.expires ?? '')) throw badQuery('X-Amz-Expires should be a number');
  if (expiresSeconds < 0) throw badQuery('X-Amz-Expires must be non-negative');
  if (expiresSeconds > LONGEST_PRESIGNED_SECONDS) {
    throw badQuery(
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
    );
  }
  const fromMs = signedAtMs(claim);
  if (Number.isNaN(fromMs)) {
    throw badQuery(`X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd'T'HHmmss'Z'"`);
  }
  if (fromMs - nowMs > MAX_SKEW_MS) throw new AwsError('AccessDenied', 403, 'Request is not yet valid');
  const untilMs = fromMs + expiresSeconds * 1000;
  if (nowMs <= untilMs) return;
  throw new AwsError('AccessDenied', 403, 'Request has expired', {
    'X-Amz-Expires': claim.expires,
    Expires: new Date(untilMs).toISOString().replace(/\.\d+/, ''),
    ServerTime: new Date(nowMs).toISOString().replace(/\.\d+/, ''),
  });
}

function badQuery(message: string): AwsError {
  return new AwsError('AuthorizationQueryParametersError', 400, message);
}

/**
 * Anybody could have added a header that is not signed. S3 refuses such headers; the other services do
 * not.
 */
function checkAllSigned(
  { headers }: SignedRequest,
  claim: SignatureClaim,
  { unsignedHeaders }: Refusals,
): void {
  const names = Object.keys(headers).filter((name) => name.startsWith('x-amz-'));
  const missing = names.filter((name) => !claim.signedHeaders.includes(name));
  if (unsignedHeaders && missing.length > 0) throw unsignedHeaders(missing);
}

function checkBodyHash(body: Uint8Array, { payloadHash }: SignatureClaim, { wrongBody }: Refusals): void {
  if (!/^[\da-f]{64}$/.test(payloadHash)) return;
  if (createHash('sha256').update(body).digest('hex') !== payloadHash) throw wrongBody();
}

/** `20260304T140158Z` in milliseconds since the epoch; NaN if there is no such time. */
function signedAtMs({ signedAt }: SignatureClaim): number {
  return Date.parse(signedAt.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
