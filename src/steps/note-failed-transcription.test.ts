import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID } from '../../test/contact-record.ts';
import { fakeLedger } from '../../test/fake-ledger.ts';
import { entryOf, TRANSCRIPT_KEY } from '../../test/voicemails.ts';
import { readTranscript } from '../domain/transcript.ts';
import { noteFailedTranscription } from './note-failed-transcription.ts';

test('a failed job leaves a stand-in with its reason where the transcript would have been', async () => {
  const { outcome, standIns } = await note(`vmx3_${CONTACT_ID}`);

  assert.equal(outcome, 'noted');
  assert.deepEqual(readTranscript(standIns.get(TRANSCRIPT_KEY) ?? ''), {
    kind: 'gap',
    gap: 'FAILED',
    detail: 'too quiet',
  });
});

test('a failed job of another stack in the account, or of somebody else, is none of ours', async () => {
  for (const jobName of ['vmx3_c0ffee00-0000-4000-8000-0000000000ff', `other_${CONTACT_ID}`]) {
    const { outcome, standIns } = await note(jobName);

    assert.equal(outcome, 'not-ours');
    assert.equal(standIns.size, 0);
  }
});

async function note(jobName: string) {
  const { ports } = fakeLedger([entryOf({ state: 'transcribing' })]);
  const standIns = new Map<string, string>();
  const outcome = await noteFailedTranscription(
    { jobName, reason: 'too quiet' },
    {
      ...ports,
      async putStandIn(key, body) {
        standIns.set(key, body);
        return 'written';
      },
    },
  );
  return { outcome, standIns };
}
