import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeTelemetry } from '../../test/fake-telemetry.ts';
import { voicemailOf } from '../../test/voicemails.ts';
import { RetryableError } from '../domain/errors.ts';
import { recordingQueueMessages } from './save-recording.ts';

test('the end of the recording step is counted by its outcome', async () => {
  for (const [outcome, counts] of [
    ['recorded', ['RecordingsSaved']],
    ['incomplete', ['RecordingsSaved', 'RecordingsIncomplete']],
    ['blank', ['VoicemailsBlank']],
    ['known', []],
  ] as const) {
    const { counted, lines: _, ...telemetry } = fakeTelemetry();

    await recordingQueueMessages({ save: async () => outcome, ...telemetry })(voicemailOf());

    assert.deepEqual(counted, counts);
  }
});

test('nothing of a test voicemail is counted', async () => {
  const { counted, lines: _, ...telemetry } = fakeTelemetry();
  const error = new RetryableError('NOT_READY', 'not yet', { retryWithinMs: 5000 });
  const testVoicemail = voicemailOf({ isTest: true });

  for (const outcome of ['recorded', 'incomplete', 'blank'] as const)
    await recordingQueueMessages({ save: async () => outcome, ...telemetry })(testVoicemail);
  const waiting = recordingQueueMessages({ save: () => Promise.reject(error), ...telemetry });
  await assert.rejects(waiting(testVoicemail), error);

  assert.deepEqual(counted, []);
});

test('a recording that is waited for is counted as awaited, and any other failure is not', async () => {
  for (const [options, counts] of [
    [{ retryWithinMs: 5000 }, ['RecordingsAwaited']],
    [{}, []],
  ] as const) {
    const { counted, lines: _, ...telemetry } = fakeTelemetry();
    const error = new RetryableError('NOT_READY', 'not yet', options);
    const deal = recordingQueueMessages({ save: () => Promise.reject(error), ...telemetry });

    await assert.rejects(deal(voicemailOf()), error);
    assert.deepEqual(counted, counts);
  }
});
