import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportOf, updateAndBack, updateDespiteFaults, wrongIn } from './programme.ts';

/** `node test/upgrade/programme.ts` has hundreds. */
const VOICEMAILS = 10;
const SEED = 3;

test('an update from an old version, and the way back to it, lose and double no voicemail', async (t) => {
  const totals = await updateAndBack(t, { voicemails: VOICEMAILS, seed: SEED });

  t.diagnostic(reportOf(totals));
  assert.deepEqual(wrongIn(totals), []);
  assert.deepEqual(totals.sentAgainWithNote, []);
  assert.deepEqual(totals.withoutRecording, []);
  assert.deepEqual(totals.withoutTranscript, totals.untranscribed);
  assert.ok(totals.untranscribed.length > 0 && totals.during > 0);
});

test('nor does an update that fails, in a cloud where functions are killed, nor one that replaces a function', async (t) => {
  const totals = await updateDespiteFaults(t, { voicemails: VOICEMAILS, seed: SEED });

  t.diagnostic(reportOf(totals));
  assert.deepEqual(wrongIn(totals), []);
  assert.ok(totals.during > 0);
});
