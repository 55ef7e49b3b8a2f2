import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromAws } from '../../src/adapters/aws-errors.ts';
import { PermanentError } from '../../src/domain/errors.ts';
import { askAws } from './ask-aws.ts';

const PLACE = { region: 'us-east-1' };

/** What a person reads who asked for `dynamodb:Scan`, and AWS or the SDK threw this. */
async function wordsFor(error: Error): Promise<string> {
  const asked = askAws('dynamodb:Scan', PLACE, () => Promise.reject(error));
  return asked.then(
    () => 'nothing',
    (thrown: unknown) => String(thrown),
  );
}

function awsError(name: string, status: number, message = 'so AWS says'): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
}

test('a refusal names the permission that is missing', async () => {
  for (const name of ['AccessDeniedException', 'AccessDenied', 'Forbidden']) {
    assert.match(
      await wordsFor(awsError(name, 403)),
      /^RefusedError: .*dynamodb:Scan is needed\. so AWS says$/,
    );
  }
});

test('missing, expired and unknown credentials have different errors', async () => {
  const missing = Object.assign(new Error('none'), { name: 'CredentialsProviderError' });

  assert.match(await wordsFor(missing), /there are no AWS credentials: name a profile in AWS_PROFILE/);
  assert.match(await wordsFor(awsError('ExpiredTokenException', 400)), /have expired: sign in again/);
  assert.match(
    await wordsFor(awsError('UnrecognizedClientException', 400)),
    /does not accept the credentials/,
  );
  assert.match(await wordsFor(awsError('InvalidAccessKeyId', 403)), /does not accept the credentials/);
});

test('an answer of another kind, and none, are said with where they came from', async () => {
  const unreachable = Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED' });

  assert.match(
    await wordsFor(awsError('InternalServerError', 500)),
    /AWS in us-east-1 answered dynamodb:Scan with 500/,
  );
  assert.match(await wordsFor(unreachable), /AWS in us-east-1 cannot be reached: connect refused/);
  assert.match(
    await wordsFor(awsError('SyntaxError', 200, 'no end')),
    /AWS in us-east-1 broke off its answer to dynamodb:Scan: no end/,
  );
});

test('a clock that is wrong is not taken for a permission that is missing', async () => {
  assert.match(
    await wordsFor(awsError('RequestTimeTooSkewed', 403, 'too large a difference')),
    /^RefusedError: AWS in us-east-1 finds the clock of this machine wrong: too large a difference/,
  );
});

test('what an adapter made of an answer is said as AWS gave it, and what is the adapter’s own stays', async () => {
  const throttled = awsError('ThrottlingException', 400);
  const ours = new PermanentError('MALFORMED_EVENT', 'not an entry');

  for (const error of [throttled, fromAws(throttled, 'dynamodb:UpdateItem')]) {
    assert.match(
      await wordsFor(error),
      /^RefusedError: .* answered dynamodb:Scan with 400 ThrottlingException/,
    );
  }
  assert.equal(await wordsFor(ours), 'PermanentError: not an entry');
});

test('a bug of ours is not blamed on AWS', async () => {
  assert.equal(await wordsFor(new TypeError('a bug')), 'TypeError: a bug');
});
