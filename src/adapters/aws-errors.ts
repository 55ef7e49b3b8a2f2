import { PermanentError, RetryableError } from '../domain/errors.ts';

/*
 * This file alone knows what errors of the AWS SDK look like, for the adapters and for the
 * command line. An exception that one operation has stays with who calls it.
 */

/** 402 is Amazon Connect's quota of open tasks, which empties by itself. */
const MAY_PASS: readonly number[] = [402, 408, 409];

/** Kinesis, Kinesis Video Streams and Transcribe throttle with a 400; only the error's name shows it. */
const THROTTLED = /Throttl|TooManyRequests|LimitExceeded|ThroughputExceeded|SlowDown/;

/** Redirects and higher statuses. */
const FIRST_REFUSAL = 300;

/** Credentials that were good once. */
const EXPIRED = /ExpiredToken/;
/** Each protocol has its own name for an access key that AWS does not know: JSON, query, S3. */
const UNKNOWN_KEY = /UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId/;
/** What was sent bears a time that is too far from AWS's. */
const WRONG_CLOCK = /RequestExpired|RequestTimeTooSkewed/;
/** S3 gives up on a slow sender with a 400. */
const TOO_SLOW = /RequestTimeout/;
/** A key of KMS that is disabled can be enabled again. S3's, SQS's and Secrets Manager's names for it. */
const KEY_IS_OFF = /KMS\.(Disabled|KMSInvalidState)|Kms(Disabled|InvalidState)|(De|En)cryptionFailure/;
/** A function's credentials are renewed for it, and clocks are set. */
const PASSES_BY_ITSELF = [EXPIRED, UNKNOWN_KEY, WRONG_CLOCK, TOO_SLOW, KEY_IS_OFF];

/** The secret key is not that of the access key, or what was sent was changed on its way. */
const WRONG_SIGNATURE = /InvalidSignature|SignatureDoesNotMatch/;

const DENIED = /AccessDenied|AuthorizationError|NotAuthorized|Unauthorized/;

export const FORBIDDEN = 403;
export const NOT_FOUND = 404;
export const PRECONDITION_FAILED = 412;

/** What the SDK calls an error whose type header it does not read. */
const NAMELESS = /^(Error|Unknown|UnknownError)$/;

/**
 * What an adapter is to throw for an error of the SDK; `operation` names service and operation, `s3:PutObject`.
 *
 * No HTTP status means the request never got an answer, so it may be retried; so may throttling, conflicts
 * and every 5xx. Any other 4xx means that AWS refuses the request, and it will refuse it again. Errors that
 * are ours already stay as they are.
 *
 * The message has AWS's name of the error. It has AWS's own sentence only if access was denied, because that
 * sentence names the action to allow; others can repeat what was sent.
 *
 * Source: AWS SDKs and tools reference guide, "Retry behavior".
 */
export function fromAws(error: unknown, operation: string): PermanentError | RetryableError {
  if (error instanceof PermanentError || error instanceof RetryableError) return error;
  const status = statusOf(error);
  const name = nameOf(error);
  const options = { cause: error };
  if (status === 429 || isThrottled(error))
    return new RetryableError('THROTTLED', `${operation} is throttled (${name})`, options);
  const isAnswered = status !== undefined && status < 500 && !MAY_PASS.includes(status);
  if (!isAnswered || PASSES_BY_ITSELF.some((names) => names.test(name)))
    return new RetryableError('UNAVAILABLE', `${operation} got no usable answer (${name})`, options);
  const sentence = isDenied(error) && error instanceof Error ? `: ${error.message}` : '';
  return new PermanentError('REFUSED', `${operation} was refused with ${status} ${name}${sentence}`, options);
}

/**
 * The HTTP status of AWS's answer, or undefined if there was none. An error with a successful status is an
 * answer that broke off before its end: its content is not known.
 */
export function statusOf(error: unknown): number | undefined {
  const status = memberOf(memberOf(error, '$metadata'), 'httpStatusCode');
  return typeof status === 'number' && status >= FIRST_REFUSAL ? status : undefined;
}

/**
 * AWS's name for the error: `ClientLimitExceededException`. Kinesis Video Streams
 * sends it in a header that its documentation names and the SDK does not read.
 */
export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'not an Error';
  if (!NAMELESS.test(error.name)) return error.name;
  const type = memberOf(memberOf(memberOf(error, '$response'), 'headers'), 'x-amz-errortype');
  return typeof type === 'string' ? type.replace(/^.*#|:.*$/g, '') : error.name;
}

/** The SDK found no credentials to sign with. */
export function areCredentialsMissing(error: unknown): boolean {
  return nameOf(error) === 'CredentialsProviderError';
}

/** The credentials were good once. */
export function areCredentialsExpired(error: unknown): boolean {
  return EXPIRED.test(nameOf(error));
}

/** AWS does not know the access key, or the signature is not of its secret key. */
export function areCredentialsWrong(error: unknown): boolean {
  const name = nameOf(error);
  return UNKNOWN_KEY.test(name) || WRONG_SIGNATURE.test(name);
}

/** The clock of this machine is wrong. */
export function isClockWrong(error: unknown): boolean {
  return WRONG_CLOCK.test(nameOf(error));
}

/** We lack a permission. */
export function isDenied(error: unknown): boolean {
  return DENIED.test(nameOf(error));
}

/** AWS throttles. */
export function isThrottled(error: unknown): boolean {
  return THROTTLED.test(nameOf(error));
}

/** The SDK reached nobody, or heard nothing in time. Not true of an error that the SDK did not throw. */
export function isUnreachable(error: unknown): boolean {
  return (
    statusOf(error) === undefined && (nameOf(error) === 'TimeoutError' || systemCodeOf(error) !== undefined)
  );
}

/** AWS was about to answer, and did not come to an end. */
export function isCutOff(error: unknown): boolean {
  const status = memberOf(memberOf(error, '$metadata'), 'httpStatusCode');
  return typeof status === 'number' && statusOf(error) === undefined;
}

/** Node's name for why there is no connection: `ECONNREFUSED`. */
export function systemCodeOf(error: unknown): string | undefined {
  const code = memberOf(error, 'code');
  return typeof code === 'string' ? code : undefined;
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
