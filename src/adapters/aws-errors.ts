import { PermanentError, RetryableError } from '../domain/errors.ts';

/** 402 is Amazon Connect's quota of open tasks, which empties by itself. */
const MAY_PASS = new Set([402, 408, 409]);

/** Kinesis, Kinesis Video Streams and Transcribe throttle with a 400; only the name tells. */
const THROTTLED = /Throttl|TooManyRequests|LimitExceeded|ThroughputExceeded|SlowDown/;

/** Redirects and what is above them. */
const FIRST_REFUSAL = 300;

/** Credentials and clocks are put right by themselves; S3 gives up on a slow sender with a 400. */
const PASSES_BY_ITSELF = /ExpiredToken|UnrecognizedClient|RequestExpired|RequestTimeTooSkewed|RequestTimeout/;

const DENIED = /AccessDenied|NotAuthorized|Unauthorized/;

/** What the SDK calls an error whose type header it does not read. */
const NAMELESS = new Set(['Error', 'Unknown', 'UnknownError']);

/**
 * The only place that knows what an AWS SDK error looks like. Returns what the
 * adapter is to throw; `operation` names service and operation, `s3:PutObject`.
 *
 * No HTTP status means the request never got an answer, so it may be retried;
 * so may throttling, conflicts and every 5xx. Any other 4xx is AWS refusing
 * what we asked, and it will refuse it again. Errors that are ours already stay
 * as they are.
 *
 * The message has AWS's name of the error. It has AWS's own sentence only where
 * access was denied, because that one names the action to allow; others may
 * repeat what was sent.
 *
 * Source: AWS SDKs and tools reference guide, "Retry behavior".
 */
export function fromAws(error: unknown, operation: string): PermanentError | RetryableError {
  if (error instanceof PermanentError || error instanceof RetryableError) return error;
  const status = statusOf(error);
  const name = nameOf(error);
  if (status === 429 || isThrottled(error))
    return new RetryableError('THROTTLED', `${operation} is throttled (${name})`, { cause: error });
  if (status === undefined || status >= 500 || MAY_PASS.has(status))
    return new RetryableError('UNAVAILABLE', `${operation} got no usable answer (${name})`, { cause: error });
  if (PASSES_BY_ITSELF.test(name))
    return new RetryableError('UNAVAILABLE', `${operation} could not be asked yet (${name})`, {
      cause: error,
    });
  const sentence = isDenied(error) && error instanceof Error ? `: ${error.message}` : '';
  return new PermanentError('REFUSED', `${operation} was refused with ${status} ${name}${sentence}`, {
    cause: error,
  });
}

/**
 * The HTTP status AWS answered with, or undefined when it never did. A status that says
 * all is well, on an error, is of an answer that broke off before its end: what
 * it said is not known.
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
  if (!NAMELESS.has(error.name)) return error.name;
  const type = memberOf(memberOf(memberOf(error, '$response'), 'headers'), 'x-amz-errortype');
  return typeof type === 'string' ? type.replace(/^.*#|:.*$/g, '') : error.name;
}

/** We lack a permission. */
export function isDenied(error: unknown): boolean {
  return DENIED.test(nameOf(error));
}

/** AWS asks to be asked less often. */
export function isThrottled(error: unknown): boolean {
  return THROTTLED.test(nameOf(error));
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
