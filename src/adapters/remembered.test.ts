import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { remembered } from './remembered.ts';

test('a found value is looked up again after ten minutes, a missing one after one minute', async () => {
  const names = looking({ known: async () => 'Billing', gone: async () => undefined });

  for (const atMs of [0, 59_999, 60_000, 599_999, 600_000]) {
    assert.equal(await names.look('known', atMs), 'Billing');
    assert.equal(await names.look('gone', atMs), undefined);
  }

  assert.deepEqual(names.looks('known'), [0, 600_000]);
  assert.deepEqual(names.looks('gone'), [0, 60_000, 599_999]);
});

test('a refusal is cached for a minute, and a temporary failure is not cached', async () => {
  const names = looking({
    refused: () => Promise.reject(new PermanentError('REFUSED', 'no')),
    throttled: () => Promise.reject(new RetryableError('THROTTLED', 'later')),
  });

  for (const atMs of [0, 1, 60_000]) {
    await assert.rejects(names.look('refused', atMs), PermanentError);
    await assert.rejects(names.look('throttled', atMs), RetryableError);
  }

  assert.deepEqual(names.looks('refused'), [0, 60_000]);
  assert.deepEqual(names.looks('throttled'), [0, 1, 60_000]);
});

test('names that callers invent do not fill the cache', async () => {
  const names = looking({});

  await names.look('first', 0);
  for (let number = 0; number < 1000; number += 1) await names.look(`made up ${number}`, 1);
  await names.look('first', 2);

  assert.deepEqual(names.looks('first'), [0, 2]);
});

function looking(answers: Readonly<Record<string, () => Promise<string | undefined>>>) {
  const looked: { id: string; atMs: number }[] = [];
  let nowMs = 0;
  const find = remembered<string>(
    async (id) => {
      looked.push({ id, atMs: nowMs });
      return answers[id]?.();
    },
    () => nowMs,
  );
  return {
    look(id: string, atMs: number) {
      nowMs = atMs;
      return find(id);
    },
    looks: (asked: string) => looked.filter(({ id }) => id === asked).map(({ atMs }) => atMs),
  };
}
