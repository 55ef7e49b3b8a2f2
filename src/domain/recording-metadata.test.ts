import assert from 'node:assert/strict';
import { test } from 'node:test';
import { voicemailOf } from '../../test/voicemails.ts';
import { fromRecordingMetadata, toRecordingMetadata, toSavedRecording } from './recording-metadata.ts';

test('the caller’s number comes back from a recording’s metadata as it was, with all its details', () => {
  for (const from of [
    '+15555550142;ext=123',
    'tel:+1-555-555-0142;isub=7',
    '"Ana" <sip:+1@h>',
    '1042',
    'anonymous',
  ]) {
    assert.equal(fromRecordingMetadata(toRecordingMetadata(voicemailOf({ from }))).from, from);
  }
});

test('a recording is as long as its file says, and complete and not blank unless its metadata say otherwise', () => {
  const facts = { sizeBytes: 44 + 16_000, durationMs: 1000 };

  const plain = toSavedRecording({ sizeBytes: 44 + 16_000, metadata: {} });
  const metadata = { 'is-complete': 'false', blank: 'true', 'has-sound': 'true' };
  const marked = toSavedRecording({ sizeBytes: 44 + 16_000, metadata });

  assert.deepEqual(plain, { ...facts, isComplete: true, isBlank: false, metadata: {} });
  assert.deepEqual(marked, { ...facts, isComplete: false, isBlank: true, hasSound: true, metadata });
});

test('a recording says whether it is of a test voicemail', () => {
  const metadata = toRecordingMetadata(voicemailOf({ isTest: true }));

  assert.equal(fromRecordingMetadata(metadata).isTest, true);
  assert.equal('isTest' in fromRecordingMetadata(toRecordingMetadata(voicemailOf({}))), false);
});
