import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createClock } from '../clock.ts';
import { AwsError } from '../service.ts';
import type { StreamRecord } from '../services/kinesis/stream.ts';
import { type BatchRules, type GivenUp, workOffBatch } from './kinesis-batch.ts';

const RULES: BatchRules = { reportsFailures: true, bisects: true, maxRetries: 2, maxRecordAgeMs: -1 };
const MINUTE_MS = 60_000;

test('a batch that works is invoked once', async (t) => {
  const lambda = fakeLambda(t, { poison: [] });

  await lambda.workOff('abc', RULES);

  assert.deepEqual(lambda.invoked, ['abc']);
  assert.deepEqual(lambda.givenUp, []);
});

test('a poison record is isolated by splitting the batch, and only this record is given up', async (t) => {
  const lambda = fakeLambda(t, { poison: ['c'] });

  await lambda.workOff('abcd', { ...RULES, reportsFailures: false });

  assert.deepEqual(lambda.invoked, ['abcd', 'ab', 'cd', 'c', 'c', 'c', 'd']);
  assert.deepEqual(lambda.givenUp, [['c', 'RetryAttemptsExhausted', 5]]);
});

test('a function that names the first failure is given the rest again from there', async (t) => {
  const lambda = fakeLambda(t, { poison: ['c'], reports: true });

  await lambda.workOff('abcd', RULES);

  assert.deepEqual(lambda.invoked, ['abcd', 'cd', 'c', 'c', 'c', 'd']);
  assert.deepEqual(lambda.givenUp, [['c', 'RetryAttemptsExhausted', 5]]);
});

test('a batch that is given up says how the last attempt ended', async (t) => {
  const clock = createClock('fast');
  t.after(clock.stop);
  const results = [
    { payload: '{}', functionError: 'Unhandled' },
    { payload: JSON.stringify({ batchItemFailures: [{ itemIdentifier: '1' }] }) },
  ] as const;
  let tries = 0;
  const given: GivenUp[] = [];
  const records = [
    { shardId: 's', sequenceNumber: '1', partitionKey: 'k', data: Buffer.of(), arrivedAtMs: clock.now() },
  ];

  await workOffBatch(
    records,
    { ...RULES, maxRetries: 1 },
    {
      clock,
      isStopped: () => false,
      invoke: () => Promise.resolve(results[(tries += 1) - 1] ?? { payload: 'null' }),
      giveUp: (batch) => Promise.resolve(void given.push(batch)),
    },
  );

  assert.deepEqual(
    given.map(({ invokeCount, functionError }) => [invokeCount, functionError]),
    [[2, undefined]],
  );
});

test('without bisecting, a poison record and everything after it are given up', async (t) => {
  const lambda = fakeLambda(t, { poison: ['b'], reports: true });

  await lambda.workOff('abc', { ...RULES, bisects: false });

  assert.deepEqual(lambda.invoked, ['abc', 'bc', 'bc', 'bc']);
  assert.deepEqual(lambda.givenUp, [['bc', 'RetryAttemptsExhausted', 4]]);
});

test('the waits between attempts grow', async (t) => {
  const lambda = fakeLambda(t, { poison: ['a'] });

  await lambda.workOff('a', RULES);

  const [first = 0, second = 0, third = 0] = lambda.invokedAtMs;
  assert.ok(second - first >= 1_000 && second - first < 2_000);
  assert.ok(third - second >= 2_000 && third - second < 3_000);
});

test('a batch that is tried until it works is given up when it is too old', async (t) => {
  const lambda = fakeLambda(t, { poison: ['a'] });

  await lambda.workOff('a', { ...RULES, maxRetries: -1, maxRecordAgeMs: 10 * MINUTE_MS });

  assert.equal(lambda.givenUp.length, 1);
  assert.deepEqual(lambda.givenUp[0]?.slice(0, 2), ['a', 'EventAgeExceeded']);
  assert.ok(lambda.clock.now() - lambda.startedAtMs >= 10 * MINUTE_MS);
});

test('a throttled invocation is not counted as an attempt', async (t) => {
  const lambda = fakeLambda(t, { poison: [], throttles: 5 });

  await lambda.workOff('ab', { ...RULES, maxRetries: 0 });

  assert.deepEqual(lambda.invoked, ['ab']);
  assert.deepEqual(lambda.givenUp, []);
});

/**
 * A function that fails on `poison`: it throws, or, if it reports failures, names the first such
 * record.
 */
function fakeLambda(
  t: TestContext,
  {
    poison,
    reports = false,
    throttles = 0,
  }: { poison: readonly string[]; reports?: boolean; throttles?: number },
) {
  const clock = createClock('fast');
  t.after(clock.stop);
  const invoked: string[] = [];
  const invokedAtMs: number[] = [];
  const givenUp: [string, GivenUp['condition'], number][] = [];
  let throttlesLeft = throttles;

  const startedAtMs = clock.now();
  const workOff = (batch: string, rules: BatchRules) =>
    workOffBatch(
      batch.split('').map((sequenceNumber) => ({
        shardId: 'shard',
        sequenceNumber,
        partitionKey: 'key',
        data: Buffer.from(''),
        arrivedAtMs: startedAtMs,
      })),
      rules,
      {
        clock,
        isStopped: () => false,
        async invoke(records) {
          throttlesLeft -= 1;
          if (throttlesLeft >= 0) throw new AwsError('TooManyRequestsException', 429, 'Rate Exceeded.');
          invoked.push(nameOf(records));
          invokedAtMs.push(clock.now());
          const itemIdentifier = records.find((record) =>
            poison.includes(record.sequenceNumber),
          )?.sequenceNumber;
          if (itemIdentifier === undefined) return { payload: 'null' };
          if (reports) return { payload: JSON.stringify({ batchItemFailures: [{ itemIdentifier }] }) };
          return { payload: '{}', functionError: 'Unhandled' };
        },
        async giveUp({ records, condition, invokeCount }) {
          givenUp.push([nameOf(records), condition, invokeCount]);
        },
      },
    );
  return { clock, startedAtMs, invoked, invokedAtMs, givenUp, workOff };
}

function nameOf(records: readonly StreamRecord[]): string {
  return records.map(({ sequenceNumber }) => sequenceNumber).join('');
}
