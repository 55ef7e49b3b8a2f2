import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limited } from './limits.ts';

/** Runs calls of one operation at the same moment, and returns how long each waits. */
async function waitsOf(permission: string, calls: number): Promise<readonly number[]> {
  const waits: number[] = [];
  const waitForTurn = limited({ wait: async (ms) => void waits.push(ms), clock: () => 0 });
  for (let call = 0; call < calls; call += 1) await waitForTurn(permission);
  return waits;
}

test('two calls of an operation of Amazon Connect go at once, and the next ones a half second apart', async () => {
  assert.deepEqual(await waitsOf('connect:ListQueues', 4), [500, 1000]);
});

test('templates of Amazon SES are read a little more than a second apart, and nothing else of it waits', async () => {
  assert.deepEqual(await waitsOf('ses:GetEmailTemplate', 3), [1100, 2200]);
  assert.deepEqual(await waitsOf('ses:GetEmailIdentity', 3), []);
});
