import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID } from '../../test/contact-record.ts';
import { fakeTelemetry } from '../../test/fake-telemetry.ts';
import { RECORDING_KEY } from '../../test/voicemails.ts';
import { objectCreatedPush } from '../domain/queue-messages.ts';
import { failedJobQueueMessages, transcriptionQueueMessages } from './transcription-messages.ts';

test('the end of the transcription step is logged with its contact, and counted if an alarm needs it', async () => {
  for (const [outcome, counts] of [
    ['started', []],
    ['not-ours', ['ForeignObjects']],
    ['blank', ['VoicemailsBlank']],
    ['refused', ['TranscriptionsRefused']],
  ] as const) {
    const { lines, counted, ...telemetry } = fakeTelemetry();

    await transcriptionQueueMessages(async () => outcome, telemetry)(objectCreatedPush(RECORDING_KEY));

    assert.deepEqual(counted, counts);
    assert.match(lines.join(), new RegExp(`transcription step done.*${CONTACT_ID}.*${outcome}`));
  }
});

test('neither name nor reason of a failed job that is not ours is logged', async () => {
  const { lines, counted, ...telemetry } = fakeTelemetry();

  await failedJobQueueMessages(async () => 'not-ours', telemetry)(failed('of-somebody-else', 'a secret'));

  assert.deepEqual(counted, ['ForeignObjects']);
  assert.doesNotMatch(lines.join(), /somebody|secret/);
});

test('a failed job of ours is logged with its reason, and counted', async () => {
  const { lines, counted, ...telemetry } = fakeTelemetry();

  await failedJobQueueMessages(async () => 'noted', telemetry)(failed(CONTACT_ID, 'no such language'));

  assert.deepEqual(counted, ['TranscriptionsFailed']);
  assert.match(lines.join(), /transcription failed.*no such language/);
});

function failed(TranscriptionJobName: string, FailureReason: string) {
  const detail = { TranscriptionJobName, FailureReason, TranscriptionJobStatus: 'FAILED' };
  return { 'detail-type': 'Transcribe Job State Change', source: 'aws.transcribe', detail };
}
