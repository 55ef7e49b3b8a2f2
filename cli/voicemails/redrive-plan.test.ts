import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID } from '../../test/contact-record.ts';
import { entryOf, RECORDING_KEY, recordingOf, TRANSCRIPT_KEY, voicemailOf } from '../../test/voicemails.ts';
import { keysOf } from '../../src/domain/object-keys.ts';
import type { KnownVoicemail } from '../aws/known-voicemail.ts';
import { planFor, planForRecording } from './redrive-plan.ts';

const KEYS = keysOf(voicemailOf());
const RECORDING = recordingOf();
const NOTHING_THERE = { keys: KEYS, hasTranscript: false };
const RECORDED = { ...NOTHING_THERE, recording: RECORDING };

function plan(
  changes: Partial<KnownVoicemail>,
  objects: Parameters<typeof planFor>[1] = NOTHING_THERE,
  blank = false,
) {
  const planned = planFor({ ...entryOf(), times: {}, unreadable: [], ...changes }, objects, { blank });
  if (planned.kind === 'nothing') return planned.why;
  const { queue, message, reopenAs } = planned;
  return [queue, JSON.stringify(message), reopenAs?.state].filter((part) => part !== undefined);
}

const DELIVER = JSON.stringify({ push: 'deliver', contactId: CONTACT_ID });

test('a voicemail in a state of a later version is left to that version', () => {
  for (const changes of [{}, { deliveredAs: 'task' }, { voicemail: undefined }]) {
    assert.match(
      String(plan({ state: 'summarizing', ...changes }, RECORDED, true)),
      /"summarizing" is of a later/,
    );
  }
});

test('a voicemail goes on from where it stopped, and one that was given up is opened', () => {
  const [queue, message, state] = plan({ state: 'parked' }, RECORDED);
  assert.deepEqual([queue, state], ['transcription-queue', 'recorded']);
  assert.match(String(message), new RegExp(RECORDING_KEY));

  assert.deepEqual(plan({ state: 'parked' }, { ...RECORDED, hasTranscript: true }), [
    'delivery-queue',
    DELIVER,
    'transcribing',
  ]);
  assert.deepEqual(plan({ state: 'received' }), ['recording-queue', JSON.stringify(voicemailOf())]);
  assert.deepEqual(plan({ state: 'transcribing' }, RECORDED), ['delivery-queue', DELIVER]);
});

test('if nothing was recorded, somebody is asked to call back', () => {
  const [queue, message] = plan({ state: 'parked', voicemail: voicemailOf({ recording: undefined }) });

  assert.equal(queue, 'delivery-queue');
  assert.match(String(message), /"unrecordable":"NO_AUDIO"/);
});

test('what was delivered is left alone, a request to call back too', () => {
  assert.match(
    String(plan({ state: 'delivered', deliveredAs: 'task' }, RECORDED, true)),
    /^it was delivered as task$/,
  );
  assert.match(
    String(plan({ state: 'parked', deliveredAs: 'task', failureCode: 'NO_AUDIO' }, RECORDED)),
    /^a request to call back was delivered as task \(no audio/,
  );
});

test('nobody is asked to call a number that was withheld', () => {
  const voicemail = voicemailOf({ recording: undefined, from: '+86282452253' });
  const planned = planFor({ ...entryOf(), times: {}, unreadable: [], voicemail }, NOTHING_THERE, {
    blank: false,
  });

  assert.ok(planned.kind === 'push');
  assert.equal(planned.does, 'reports a call from a withheld number, as nothing was recorded');
  assert.match(
    String(plan({ state: 'parked', deliveredAs: 'task', voicemail })),
    /^a report of a call from a withheld number was delivered as task/,
  );
});

test('a blank one is delivered only if that is asked for', () => {
  assert.match(String(plan({ state: 'blank' }, RECORDED)), /--blank delivers it/);
  assert.deepEqual(plan({ state: 'blank' }, RECORDED, true), ['delivery-queue', DELIVER]);
  const lone = { ...NOTHING_THERE, recording: recordingOf(), isBlank: true };
  assert.equal(planForRecording(lone, { blank: false }).kind, 'nothing');
});

test('a recording alone is transcribed, or delivered if there is a transcript', () => {
  const lone = { keys: KEYS, recording: recordingOf(), isBlank: false, hasTranscript: false };
  const transcribed = planForRecording({ ...lone, hasTranscript: true }, { blank: false });
  const fresh = planForRecording(lone, { blank: false });

  assert.ok(transcribed.kind === 'push' && transcribed.queue === 'delivery-queue');
  assert.match(JSON.stringify(transcribed.message), new RegExp(TRANSCRIPT_KEY));
  assert.ok(fresh.kind === 'push' && fresh.queue === 'transcription-queue');
});

test('what is archived is restored before anybody gets it', () => {
  const recording = { ...recordingOf(), archive: 'archived' } as const;
  const lone = { keys: KEYS, recording, isBlank: false, hasTranscript: true };
  const planned = planForRecording(lone, { blank: false });

  assert.match(
    String(plan({ state: 'parked' }, { ...RECORDED, recording })),
    /archived: vmx restore-recording/,
  );
  assert.ok(planned.kind === 'nothing');
  assert.match(planned.why, /archived: vmx restore-recording /);
});
