import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failedRecords } from './batch-response.ts';

const BATCH = ['a', 'b', 'c'];
const ALL = new Set(BATCH);
const NONE = new Set<string>();

/** Source: Lambda developer guide, "Reporting batch item failures", success and failure conditions. */
const REPORTS: readonly (readonly [answer: unknown, failed: ReadonlySet<string>])[] = [
  [null, NONE],
  [{}, NONE],
  [{ batchItemFailures: null }, NONE],
  [{ batchItemFailures: [] }, NONE],
  [{ batchItemFailures: [{ itemIdentifier: 'b' }] }, new Set(['b'])],
  [{ batchItemFailures: [{ itemIdentifier: 'c' }, { itemIdentifier: 'a' }] }, new Set(['a', 'c'])],
  [{ batchItemFailures: [{ itemIdentifier: '' }] }, ALL],
  [{ batchItemFailures: [{ itemIdentifier: null }] }, ALL],
  [{ batchItemFailures: [{ wrongName: 'b' }] }, ALL],
  [{ batchItemFailures: [{ itemIdentifier: 'b' }, { itemIdentifier: 'unknown' }] }, ALL],
  [{ batchItemFailures: 'b' }, ALL],
  ['what is this', ALL],
];

for (const [answer, failed] of REPORTS) {
  test(`the report ${JSON.stringify(answer)} means ${failed.size} of 3 failed`, () => {
    const result = { payload: JSON.stringify(answer) };

    assert.deepEqual(failedRecords(result, BATCH, { reportsFailures: true }), failed);
  });
}

test('an error of the function fails the whole batch, also if the mapping wants reports', () => {
  const result = { payload: '{"errorMessage":"no"}', functionError: 'Unhandled' } as const;

  assert.deepEqual(failedRecords(result, BATCH, { reportsFailures: true }), ALL);
});

test('a mapping without ReportBatchItemFailures ignores reports', () => {
  const result = { payload: '{"batchItemFailures":[{"itemIdentifier":"b"}]}' };

  assert.deepEqual(failedRecords(result, BATCH, { reportsFailures: false }), NONE);
});
