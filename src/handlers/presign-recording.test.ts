import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeTelemetry } from '../../test/fake-telemetry.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { presignRecordingHandler } from './presign-recording.ts';

const CALL = { contactId: 'c1', endedAtMs: 1_772_632_920_000 };

test('a link is made, and the log has its contact and not the link', async () => {
  const { log, lines } = fakeTelemetry();
  const handle = presignRecordingHandler({ makeLink: async () => 'https://links.example.com/r/token', log });

  assert.deepEqual(await handle(CALL), { url: 'https://links.example.com/r/token' });

  assert.match(lines.join(), /"contactId":"c1"/);
  assert.doesNotMatch(lines.join(), /token/);
});

test('a failure is thrown, and the log names the contact of the link', async () => {
  const { log, lines } = fakeTelemetry();
  const failure = new RetryableError('UNAVAILABLE', 'secretsmanager:GetSecretValue got no usable answer');
  const handle = presignRecordingHandler({ makeLink: () => Promise.reject(failure), log });

  await assert.rejects(handle(CALL), failure);
  await assert.rejects(handle({ contactId: '../x' }), PermanentError);

  assert.equal(lines.length, 1);
  assert.match(lines.join(), /could not be made.*"contactId":"c1"/);
});
