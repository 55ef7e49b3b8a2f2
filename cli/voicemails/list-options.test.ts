import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../command.ts';
import { parseListOptions } from './list-options.ts';

const NOW = Date.parse('2026-03-04T14:00:02Z');
const since = (text: string) => new Date(parseListOptions(['--since', text], NOW).sinceMs).toISOString();

test('a time to list from is one before now, a day of UTC, or a time with its offset', () => {
  assert.equal(since('90m'), '2026-03-04T12:30:02.000Z');
  assert.equal(since('7d'), '2026-02-25T14:00:02.000Z');
  assert.equal(since('2026-03-04'), '2026-03-04T00:00:00.000Z');
  assert.equal(since('2026-03-04T14:00Z'), '2026-03-04T14:00:00.000Z');
  assert.equal(since('2026-03-04T14:00:02Z'), '2026-03-04T14:00:02.000Z');
  assert.equal(since('2026-03-04T09:00-05:00'), '2026-03-04T14:00:00.000Z');
  assert.equal(since('2026-03-04T19:30:00+05:30'), '2026-03-04T14:00:00.000Z');
});

test('a time that depends on the local zone, or would be guessed, is refused', () => {
  for (const text of [
    '2026-03-04T09:00', // in whose zone?
    '2026-03-04 09:00',
    'Mar 4 2026 9:00 EST',
    '3/4/2026',
    '4.3.2026',
    '2026-02-30',
    '20260304',
    'tomorrow 5', // May 2001 to Date.parse
    '1', // January 2001
    '',
  ]) {
    assert.throws(
      () => since(text),
      (error) => {
        assert.ok(error instanceof UsageError);
        assert.match(error.message, /^--since .* is none of 90m, 12h, 7d, a date in UTC/);
        return true;
      },
    );
  }
});
