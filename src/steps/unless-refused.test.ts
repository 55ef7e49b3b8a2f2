import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { unlessRefused } from './unless-refused.ts';

const REFUSAL = { what: 'the transcript could not be read', contactId: 'c1', instead: 'nothing' };

test('a refused value is replaced, and the warning names its contact', async () => {
  const { ports, setbacks } = reporting();
  const error = new PermanentError('REFUSED', 'no');

  assert.equal(await unlessRefused(() => Promise.reject(error), REFUSAL, ports), 'nothing');

  assert.deepEqual(setbacks, [['the transcript could not be read', { contactId: 'c1', error }]]);
});

test('a found value is returned, and temporary errors and our own bugs are thrown', async () => {
  const { ports, setbacks } = reporting();
  const throttled = new RetryableError('THROTTLED', 'later');
  const fault = new TypeError('a fault of ours');

  assert.equal(await unlessRefused(async () => 'words', REFUSAL, ports), 'words');
  for (const error of [throttled, fault]) {
    await assert.rejects(
      unlessRefused(() => Promise.reject(error), REFUSAL, ports),
      error,
    );
  }

  assert.deepEqual(setbacks, []);
});

function reporting() {
  const setbacks: unknown[] = [];
  return { setbacks, ports: { setback: (...args: readonly unknown[]) => void setbacks.push(args) } };
}
