import { AwsError } from '../service.ts';

/**
 * Returns the error of a service. `count` picks one if the service has several errors of the same
 * meaning.
 */
type Wording = (operation: string, count: number) => AwsError;

interface Refusals {
  /** Too many calls, or a quota is used up that frees itself. */
  readonly throttled: Wording;
  /** The service's own failure. */
  readonly failed: Wording;
}

/** These operations do not declare ThrottlingException, but are throttled too. */
const CONNECT_UNDECLARED = new Set(['GetContactAttributes', 'StopContact', 'UpdateContactAttributes']);

function always(code: string, status: number, message: string, members?: Record<string, unknown>): Wording {
  return () => new AwsError(code, status, message, members);
}

function oneOf(...wordings: readonly [Wording, ...Wording[]]): Wording {
  return (operation, count) => (wordings[count % wordings.length] ?? wordings[0])(operation, count);
}

const RATE = 'Rate exceeded';
const INTERNAL = 'The service failed to process the request.';

const connectThrottled: Wording = (operation, count) => {
  if (operation === 'StartTaskContact' && count % 2 === 1) {
    return new AwsError('ServiceQuotaExceededException', 402, 'The service quota has been exceeded.');
  }
  const code = CONNECT_UNDECLARED.has(operation) ? 'TooManyRequestsException' : 'ThrottlingException';
  return new AwsError(code, 429, RATE);
};

/**
 * The errors with which each service, by its signing name, throttles a call, and fails itself. Several
 * throttle with HTTP 400, which the SDK retries only if it knows the error's name. Source: the
 * services' API references, "Errors" and "Common errors".
 */
const REFUSALS: Readonly<Record<string, Refusals>> = {
  connect: { throttled: connectThrottled, failed: always('InternalServiceException', 500, INTERNAL) },
  dynamodb: {
    throttled: oneOf(
      always(
        'ProvisionedThroughputExceededException',
        400,
        'The level of configured provisioned throughput for the table was exceeded.',
      ),
      always('ThrottlingException', 400, 'Throughput exceeds the current capacity of your table or index.'),
      always(
        'RequestLimitExceeded',
        400,
        'Throughput exceeds the current throughput limit for your account.',
      ),
    ),
    failed: always('InternalServerError', 500, INTERNAL),
  },
  events: {
    throttled: always('ThrottlingException', 400, RATE),
    failed: always('InternalException', 500, INTERNAL),
  },
  kinesis: {
    throttled: always('ProvisionedThroughputExceededException', 400, 'Rate exceeded for shard.'),
    failed: always('InternalFailureException', 500, INTERNAL),
  },
  kinesisvideo: {
    throttled: always('ClientLimitExceededException', 400, RATE),
    failed: always('InternalFailure', 500, INTERNAL),
  },
  lambda: {
    throttled: always('TooManyRequestsException', 429, 'Rate Exceeded.', {
      Reason: 'ConcurrentInvocationLimitExceeded',
      Type: 'User',
    }),
    failed: always('ServiceException', 500, INTERNAL, { Type: 'Service' }),
  },
  s3: {
    throttled: always('SlowDown', 503, 'Please reduce your request rate.'),
    failed: oneOf(
      always('InternalError', 500, 'We encountered an internal error. Please try again.'),
      always('ServiceUnavailable', 503, 'Service is unable to handle request.'),
    ),
  },
  secretsmanager: {
    throttled: always('ThrottlingException', 400, RATE),
    failed: always('InternalServiceError', 500, INTERNAL),
  },
  ses: {
    throttled: always('TooManyRequestsException', 429, 'Too many requests have been made to the operation.'),
    failed: always('InternalFailure', 500, INTERNAL),
  },
  sqs: {
    throttled: always('RequestThrottled', 400, 'The request was denied due to request throttling.'),
    failed: always('InternalFailure', 500, INTERNAL),
  },
  transcribe: {
    throttled: always('LimitExceededException', 400, 'You have sent too many requests.', {
      Message: 'You have sent too many requests.',
    }),
    failed: always('InternalFailureException', 500, INTERNAL),
  },
};

const OTHERS: Refusals = {
  throttled: always('ThrottlingException', 429, RATE),
  failed: always('InternalFailure', 500, INTERNAL),
};

export function refusalsOf(service: string): Refusals {
  return REFUSALS[service] ?? OTHERS;
}
