import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeTelemetry } from '../../test/fake-telemetry.ts';
import { RetryableError } from '../domain/errors.ts';
import { sweepHandler } from './sweep.ts';

test('an entry of a later version counts as a stuck voicemail, and its line names the contact and nothing else', async () => {
  const { log, meter, lines, counted } = fakeTelemetry();
  const handler = sweepHandler({
    sweep: async (onOverdue) => onOverdue('contact-1', 'of-later-version'),
    log,
    meter,
  });

  await handler();

  assert.deepEqual(counted, ['VoicemailsStuck', 'VoicemailsOverdue']);
  assert.deepEqual(lines, [
    '{"message":"overdue voicemail is of a later version","fields":{"contactId":"contact-1"}}',
  ]);
});

test('an entry that could not be processed makes the run fail, after the others', async () => {
  const { log, meter, counted } = fakeTelemetry();
  const handler = sweepHandler({
    sweep: async (onOverdue) => {
      onOverdue('contact-1', 'failed', new RetryableError('UNAVAILABLE', 'no answer'));
      onOverdue('contact-2', 'pushed');
    },
    log,
    meter,
  });

  await assert.rejects(handler(), /1 overdue voicemails could not be pushed on/);
  assert.deepEqual(counted, ['VoicemailsOverdue']);
});
