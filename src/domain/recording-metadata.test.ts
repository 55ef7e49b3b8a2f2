import assert from 'node:assert/strict';
import { test } from 'node:test';
import { voicemailOf } from '../../test/voicemails.ts';
import { fromRecordingMetadata, toRecordingMetadata } from './recording-metadata.ts';

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
