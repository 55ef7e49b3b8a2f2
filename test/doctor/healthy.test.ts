import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnose } from './diagnose.ts';

/** Notes that a healthy account has, too: each with the reason why it is none of its faults. */
const NOTES_OF_A_HEALTHY_ACCOUNT: readonly string[] = [
  // Amazon Connect ends every task after a week; a recording is kept for longer by default.
  // It says who gets mails, right or wrong.
  'mail-recipients',
  // Nobody looks for drift but a person who asks for it.
  'stack-drifted',
];

test('nothing is wrong in the healthy account, and everything in it can be seen', async (t) => {
  const { found, cannotTell, exitCode, text } = await diagnose(t);

  assert.deepEqual(found, NOTES_OF_A_HEALTHY_ACCOUNT, text);
  assert.deepEqual(cannotTell, {});
  assert.equal(exitCode, 0);
});
