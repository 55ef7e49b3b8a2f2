import { createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';

/** A request as it was received. */
export interface SignedRequest {
  readonly method: string;
  /** As sent, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case; over HTTP/2 `:authority` is one of them. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What a request says about its own signature. */
export interface SignatureClaim {
  readonly where: 'header' | 'query';
  readonly accessKeyId: string;
  /** `20260304` */
  readonly scopeDate: string;
  readonly region: string;
  /** The SigV4 signing name of the service. */
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20260304T140158Z` */
  readonly signedAt: string;
  readonly sessionToken: string | undefined;
  /** As sent; for presigned URLs only. */
  readonly expires: string | undefined;
  /** The body's hash as signed: hexadecimal, or one of the words that stand for "not signed". */
  readonly payloadHash: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const SCOPE_END = 'aws4_request';
const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/**
 * The claim in the Authorization header or, for a presigned URL, in the query. Undefined if the request
 * is not signed, `malformed` if its signature cannot be read.
 */
export function findSignatureClaim(
  request: SignedRequest,
  body: Uint8Array,
): SignatureClaim | 'malformed' | undefined {
  const { headers, query } = request;
  const authorization = headers['authorization'];
  if (authorization !== undefined) return headerClaim(authorization, headers, body);
  if (query.has('X-Amz-Signature') || query.has('X-Amz-Credential')) return queryClaim(query, body);
  return undefined;
}

/** Whether a request is signed as S3 takes it only for buckets from before June 2020. */
export function isSignedWithVersion2({ headers, query }: SignedRequest): boolean {
  return headers['authorization']?.startsWith('AWS ') === true || query.has('AWSAccessKeyId');
}

function headerClaim(authorization: string, headers: SignedRequest['headers'], body: Uint8Array) {
  const [algorithm, rest = ''] = authorization.split(/ (.*)/s);
  const fields = new Map(rest.split(',').map((field) => splitOnce(field.trim(), '=')));
  return claimOf(algorithm, fields.get('Credential'), fields.get('SignedHeaders'), {
    where: 'header',
    signature: fields.get('Signature') ?? '',
    signedAt: headers['x-amz-date'] ?? '',
    sessionToken: headers['x-amz-security-token'],
    expires: undefined,
    payloadHash: headers['x-amz-content-sha256'] ?? sha256Hex(body),
  });
}

function queryClaim(query: URLSearchParams, body: Uint8Array) {
  const { service } = scopeOf(query.get('X-Amz-Credential') ?? '') ?? {};
  const unstated = service === 's3' ? UNSIGNED_PAYLOAD : sha256Hex(body);
  return claimOf(
    query.get('X-Amz-Algorithm') ?? '',
    query.get('X-Amz-Credential') ?? '',
    query.get('X-Amz-SignedHeaders') ?? '',
    {
      where: 'query',
      signature: query.get('X-Amz-Signature') ?? '',
      signedAt: query.get('X-Amz-Date') ?? '',
      sessionToken: query.get('X-Amz-Security-Token') ?? undefined,
      expires: query.get('X-Amz-Expires') ?? '',
      payloadHash: query.get('X-Amz-Content-Sha256') ?? unstated,
    },
  );
}

type ClaimRest = Pick<
  SignatureClaim,
  'where' | 'signature' | 'signedAt' | 'sessionToken' | 'expires' | 'payloadHash'
>;

function claimOf(
  algorithm: string | undefined,
  credential: string | undefined,
  signedHeaders: string | undefined,
  rest: ClaimRest,
): SignatureClaim | 'malformed' {
  const scope = scopeOf(credential ?? '');
  if (algorithm !== ALGORITHM || !scope || !signedHeaders || !rest.signature) return 'malformed';
  if (!/^\d{8}T\d{6}Z$/.test(rest.signedAt) || !rest.signedAt.startsWith(scope.scopeDate)) return 'malformed';
  return { ...scope, ...rest, signedHeaders: signedHeaders.split(';') };
}

function scopeOf(credential: string) {
  const [accessKeyId, scopeDate, region, service, end, ...more] = credential.split('/');
  if (!accessKeyId || !scopeDate || !region || !service || end !== SCOPE_END || more.length > 0)
    return undefined;
  return { accessKeyId, scopeDate, region, service };
}

/** Whether the claim's signature is the one that the secret gives for the request. Compared in constant time. */
export function isSignatureRight(
  request: SignedRequest,
  claim: SignatureClaim,
  secretAccessKey: string,
): boolean {
  const expected = signatureOf(request, claim, secretAccessKey);
  const given = Buffer.from(claim.signature);
  return given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
}

/**
 * The signature that the secret gives for a request, hexadecimal.
 *
 * Source: AWS General Reference, "Create a signed AWS API request". Amazon S3
 * signs the path as sent; every other service signs it encoded once more.
 */
export function signatureOf(
  request: SignedRequest,
  claim: Omit<SignatureClaim, 'signature'>,
  secretAccessKey: string,
): string {
  const scope = `${claim.scopeDate}/${claim.region}/${claim.service}/${SCOPE_END}`;
  const stringToSign = [ALGORITHM, claim.signedAt, scope, sha256Hex(canonicalRequest(request, claim))].join(
    '\n',
  );
  const key = signingKey(secretAccessKey, scope);
  return createHmac('sha256', key).update(stringToSign).digest('hex');
}

/** A key is valid for a day, and there are many calls. */
const signingKeys = new Map<string, KeyObject>();
const MOST_KEYS = 1000;

function signingKey(secretAccessKey: string, scope: string): KeyObject {
  const name = `${secretAccessKey}/${scope}`;
  const known = signingKeys.get(name);
  if (known) return known;
  const bytes = scope
    .split('/')
    .reduce<string | Buffer>(
      (previous, part) => createHmac('sha256', previous).update(part).digest(),
      `AWS4${secretAccessKey}`,
    );
  const key = createSecretKey(Buffer.from(bytes));
  if (signingKeys.size >= MOST_KEYS) signingKeys.clear();
  signingKeys.set(name, key);
  return key;
}

function canonicalRequest(
  { method, path, query, headers }: SignedRequest,
  claim: Omit<SignatureClaim, 'signature'>,
): string {
  const signed = claim.signedHeaders.map((name) => `${name}:${canonicalValue(headers[name] ?? '')}\n`);
  return [
    method,
    claim.service === 's3' ? path : doubleEncoded(path),
    canonicalQuery(query),
    signed.join(''),
    claim.signedHeaders.join(';'),
    claim.payloadHash,
  ].join('\n');
}

function canonicalValue(value: string): string {
  return value.trim().replaceAll(/\s+/g, ' ');
}

function doubleEncoded(path: string): string {
  const kept = path.split('/').filter((part) => part !== '');
  const end = kept.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${kept.map(uriEncoded).join('/')}${end}`;
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [uriEncoded(name), uriEncoded(value)] as const)
    .toSorted(([nameA, valueA], [nameB, valueB]) => byBytes(nameA, nameB) || byBytes(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function byBytes(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** RFC 3986: everything but letters, digits and `-_.~` is encoded. */
function uriEncoded(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, percentEncoded);
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function sha256Hex(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
