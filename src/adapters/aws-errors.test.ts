import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { fromAws, statusOf } from './aws-errors.ts';

interface Answer {
  readonly name: string;
  readonly status?: number;
  readonly errorType?: string;
  readonly message?: string;
}

/** An SDK error as the client throws it. */
function awsError({ name, status, errorType, message = 'SECRET' }: Answer): Error {
  return Object.assign(new Error(message), {
    name,
    $metadata: { httpStatusCode: status },
    $response: { headers: errorType === undefined ? {} : { 'x-amz-errortype': errorType } },
  });
}

const MAY_SUCCEED_LATER: readonly Answer[] = [
  { name: 'TimeoutError' },
  // The answer broke off in its body, so the SDK could not read it.
  { name: 'Error', status: 200 },
  { name: 'InternalServerError', status: 500 },
  { name: 'ServiceUnavailable', status: 503 },
  { name: 'SlowDown', status: 503 },
  { name: 'RequestTimeoutException', status: 408 },
  { name: 'ServiceQuotaExceededException', status: 402 },
  { name: 'ConditionalRequestConflict', status: 409 },
  { name: 'TooManyRequestsException', status: 429 },
  { name: 'ThrottlingException', status: 400 },
  { name: 'ProvisionedThroughputExceededException', status: 400 },
  { name: 'ClientLimitExceededException', status: 400 },
  { name: 'ConnectionLimitExceededException', status: 400 },
  { name: 'LimitExceededException', status: 400 },
  { name: 'Unknown', status: 400, errorType: 'ClientLimitExceededException' },
  { name: 'Error', status: 400, errorType: 'com.amazonaws#ClientLimitExceededException:http://internal' },
  { name: 'ExpiredTokenException', status: 403 },
  { name: 'UnrecognizedClientException', status: 400 },
  { name: 'InvalidClientTokenId', status: 403 },
  { name: 'InvalidAccessKeyId', status: 403 },
  { name: 'RequestTimeTooSkewed', status: 403 },
  { name: 'RequestTimeout', status: 400 },
  { name: 'KMS.DisabledException', status: 400 },
  { name: 'KMS.KMSInvalidStateException', status: 400 },
  { name: 'KmsDisabled', status: 400 },
  { name: 'KmsInvalidState', status: 400 },
  { name: 'DecryptionFailure', status: 400 },
];

/** Those that mean throttling. */
const THROTTLED = new Set([
  'SlowDown',
  'TooManyRequestsException',
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'ClientLimitExceededException',
  'ConnectionLimitExceededException',
  'LimitExceededException',
]);

const NEVER_WILL: readonly Answer[] = [
  { name: 'KmsAccessDenied', status: 400 },
  { name: 'KMS.NotFoundException', status: 400 },
  { name: 'InvalidArgumentException', status: 400 },
  { name: 'ResourceNotFoundException', status: 404 },
  { name: 'NotAuthorizedException', status: 401 },
  { name: 'AccessDenied', status: 403 },
  { name: 'PreconditionFailed', status: 412 },
  { name: 'Unknown', status: 400, errorType: 'InvalidArgumentException' },
  { name: 'Unknown', status: 400 },
];

for (const answer of MAY_SUCCEED_LATER) {
  test(`${answer.status ?? 'no answer'} ${answer.errorType ?? answer.name} may succeed later`, () => {
    const error = fromAws(awsError(answer), 's3:PutObject');

    assert.ok(error instanceof RetryableError);
    assert.equal(
      error.code,
      THROTTLED.has(answer.errorType?.replace(/^.*#|:.*$/g, '') ?? answer.name) ? 'THROTTLED' : 'UNAVAILABLE',
    );
  });
}

for (const answer of NEVER_WILL) {
  test(`${answer.status} ${answer.errorType ?? answer.name} is a permanent refusal`, () => {
    const error = fromAws(awsError(answer), 's3:PutObject');

    assert.ok(error instanceof PermanentError);
    assert.equal(error.code, 'REFUSED');
  });
}

test('the message names the operation and the error, and repeats nothing that was sent', () => {
  const { message } = fromAws(awsError({ name: 'InvalidArgumentException', status: 400 }), 's3:PutObject');

  assert.equal(message, 's3:PutObject was refused with 400 InvalidArgumentException');
});

test('a denial keeps the sentence of AWS, which names the action to allow', () => {
  const sentence =
    'User: arn:aws:sts::111122223333:assumed-role/x is not authorized to perform: s3:PutObject';

  const { message } = fromAws(
    awsError({ name: 'AccessDenied', status: 403, message: sentence }),
    's3:PutObject',
  );

  assert.equal(message, `s3:PutObject was refused with 403 AccessDenied: ${sentence}`);
});

test('the error of the SDK is kept as the cause', () => {
  const cause = awsError({ name: 'AccessDenied', status: 403 });

  assert.equal(fromAws(cause, 's3:PutObject').cause, cause);
});

test('an error that is ours already stays what it is', () => {
  const ours = new PermanentError('MALFORMED_MEDIA', 'at byte 7');

  assert.equal(fromAws(ours, 's3:PutObject'), ours);
});

test('a value that is not an error of the SDK counts as no answer', () => {
  assert.ok(fromAws('broken', 's3:PutObject') instanceof RetryableError);
  assert.ok(fromAws(new TypeError('bug'), 's3:PutObject') instanceof RetryableError);
  assert.equal(statusOf(undefined), undefined);
});
