import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SQSEvent } from 'aws-lambda';
import { fakeTelemetry } from '../../test/fake-telemetry.ts';
import { CONTEXT } from '../../test/lambda-context.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { type QueueMessagesDeps, queueMessagesHandler } from './queue-messages.ts';

test('a processed message leaves the queue', async () => {
  const queue = fakeQueue();

  assert.deepEqual(await queue.handle('{"hello":1}'), { batchItemFailures: [] });

  assert.deepEqual(queue.dealt, [{ hello: 1 }]);
});

test('a message that can never be processed is parked at once, unchanged', async () => {
  const queue = fakeQueue(new PermanentError('REFUSED', 'no'));

  assert.deepEqual(await queue.handle('{"hello":1}'), { batchItemFailures: [] });
  assert.deepEqual(await queue.handle('not JSON'), { batchItemFailures: [] });

  assert.deepEqual(queue.parked, ['REFUSED {"hello":1}', 'MALFORMED_EVENT not JSON']);
});

test('a message that fails otherwise comes back after growing delays, of ten minutes at most', async () => {
  const queue = fakeQueue(new RetryableError('UNAVAILABLE', 'later'));

  for (const receiveCount of [1, 2, 3, 8, 9, 40]) {
    const response = await queue.handle('{}', receiveCount);
    assert.deepEqual(response, { batchItemFailures: [{ itemIdentifier: 'message-1' }] });
  }

  assert.deepEqual(queue.postponed, [5, 10, 20, 600, 600, 600]);
});

test('a message that waits comes back by the time that the step names, and does not count as a fault', async () => {
  const queue = fakeQueue(new RetryableError('NOT_READY', 'later', { retryWithinMs: 12_300 }));
  const now = fakeQueue(new RetryableError('NOT_READY', 'later', { retryWithinMs: 1 }));

  for (const receiveCount of [1, 2, 3, 8]) await queue.handle('{}', receiveCount);
  await now.handle('{}');

  assert.deepEqual(queue.postponed, [5, 10, 13, 13]);
  assert.deepEqual(now.postponed, [1]);
  assert.deepEqual(queue.counted, []);
});

test('messages that failed together come back at different times', async () => {
  const failure = new RetryableError('UNAVAILABLE', 'later');
  const early = fakeQueue(failure, () => 0);
  const late = fakeQueue(failure, () => 0.999);

  for (const receiveCount of [1, 2, 8, 40]) {
    await early.handle('{}', receiveCount);
    await late.handle('{}', receiveCount);
  }

  assert.deepEqual(early.postponed, [3, 5, 300, 300]);
  assert.deepEqual(late.postponed, [8, 15, 600, 600]);
});

test('throttling is counted only after it has lasted for minutes', async () => {
  const throttled = fakeQueue(new RetryableError('THROTTLED', 'later'));
  const failing = fakeQueue(new RetryableError('UNAVAILABLE', 'later'));

  for (const receiveCount of [1, 5, 6]) await throttled.handle('{}', receiveCount);
  await failing.handle('{}');

  assert.deepEqual(throttled.counted, ['MessagesRetried']);
  assert.deepEqual(failing.counted, ['MessagesRetried']);
});

test('a bug of ours is retried like an outage', async () => {
  const queue = fakeQueue(new TypeError('undefined is not a voicemail'));

  const { batchItemFailures } = await queue.handle('{}');

  assert.equal(batchItemFailures.length, 1);
});

const unanswered = () => Promise.reject(new RetryableError('UNAVAILABLE', 'sqs got no usable answer'));

test('a message that cannot be parked or postponed stays in the queue, and the log names its contact', async () => {
  const changes = { park: unanswered, postpone: unanswered };
  const refused = fakeQueue(new PermanentError('REFUSED', 'no'), undefined, changes);
  const failing = fakeQueue(new RetryableError('UNAVAILABLE', 'later'), undefined, changes);

  for (const queue of [refused, failing]) {
    const { batchItemFailures } = await queue.handle('{"contactId":"c1"}');
    assert.equal(batchItemFailures.length, 1);
  }

  assert.match(refused.lines.join(), /could not be parked.*"contactId":"c1"/);
  assert.match(failing.lines.join(), /will be retried.*"contactId":"c1".*could not be postponed.*"c1"/);
});

function fakeQueue(failure?: Error, random = () => 0.5, changes: Partial<QueueMessagesDeps> = {}) {
  const dealt: unknown[] = [];
  const parked: string[] = [];
  const postponed: number[] = [];
  const { log, meter, counted, lines } = fakeTelemetry();
  const handler = queueMessagesHandler({
    async deal(message) {
      if (failure) throw failure;
      dealt.push(message);
    },
    async postpone(_receiptHandle, seconds) {
      postponed.push(seconds);
    },
    async park(body, code) {
      parked.push(`${code} ${body}`);
    },
    log,
    meter,
    random,
    ...changes,
  });
  const handle = (body: string, receiveCount = 1) => handler(sqsEvent(body, receiveCount), CONTEXT);
  return { dealt, parked, postponed, counted, lines, handle };
}

function sqsEvent(body: string, receiveCount: number): SQSEvent {
  return {
    Records: [
      {
        messageId: 'message-1',
        receiptHandle: 'handle-1',
        body,
        attributes: {
          ApproximateReceiveCount: String(receiveCount),
          SentTimestamp: '1772632900512',
          SenderId: 'AIDAEXAMPLE',
          ApproximateFirstReceiveTimestamp: '1772632900600',
        },
        messageAttributes: {},
        md5OfBody: '',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:us-east-1:111122223333:queue',
        awsRegion: 'us-east-1',
      },
    ],
  };
}
