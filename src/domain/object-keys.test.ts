import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PermanentError } from './errors.ts';
import { keysOf, parseKey, savedNameOf } from './object-keys.ts';

const CONTACT = 'c0ffee00-0000-4000-8000-0000000000c1';

test('recording and transcript are in the folder of the day of the call, in UTC', () => {
  const keys = keysOf({ contactId: CONTACT, calledAtMs: Date.parse('2026-03-04T23:59:59Z') });

  assert.deepEqual(keys, {
    contactId: CONTACT,
    recordingKey: `recordings/2026/03/04/${CONTACT}.wav`,
    transcriptKey: `transcripts/2026/03/04/${CONTACT}.json`,
  });
});

test('either key leads back to both', () => {
  const keys = keysOf({ contactId: CONTACT, calledAtMs: 0 });

  assert.deepEqual(parseKey(keys.recordingKey), keys);
  assert.deepEqual(parseKey(keys.transcriptKey), keys);
});

for (const key of [
  '',
  'transcripts/.write_access_check_file.temp',
  'recordings/2026/03/04/../x.wav',
  'x.wav',
  `recordings/2026/03/04/${CONTACT}.levels.json`,
]) {
  test(`"${key}" is not the key of a voicemail`, () => {
    assert.throws(() => parseKey(key), PermanentError);
  });
}

test('a saved recording is named after the day and the contact, without anything about the caller', () => {
  const { recordingKey } = keysOf({ contactId: CONTACT, calledAtMs: Date.parse('2026-03-04T14:00:00Z') });

  assert.equal(savedNameOf(recordingKey), 'voicemail-2026-03-04-c0ffee00.wav');
  assert.equal(savedNameOf('elsewhere"\r\n.wav'), 'voicemail.wav');
});
