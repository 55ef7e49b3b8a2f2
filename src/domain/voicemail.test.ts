import assert from 'node:assert/strict';
import { test } from 'node:test';
import { voicemailOf } from '../../test/voicemails.ts';
import { PermanentError } from './errors.ts';
import { parseVoicemail, withKnownRecordings } from './voicemail.ts';

const IVR = { kind: 's3', bucket: 'acme-connect-recordings', key: 'connect/c1.wav', startMs: 1000 } as const;

test('a message from before there were two kinds of recordings has one of a video stream', () => {
  const voicemail = voicemailOf();
  const { kind: _, ...recording } = voicemail.recording ?? { kind: 'kvs' };

  assert.deepEqual(parseVoicemail({ ...voicemail, recording }), voicemail);
});

test('a voicemail comes out of a queue unchanged', () => {
  for (const voicemail of [
    voicemailOf(),
    voicemailOf({ recording: IVR }),
    voicemailOf({ recording: undefined }),
  ])
    assert.deepEqual(
      parseVoicemail(JSON.parse(JSON.stringify(voicemail))),
      JSON.parse(JSON.stringify(voicemail)),
    );
});

test('a recording without a place is refused', () => {
  for (const recording of [{ kind: 's3', bucket: 'acme' }, { kind: 'tape' }, {}])
    assert.throws(() => parseVoicemail({ ...voicemailOf(), recording }), PermanentError);
});

test('a voicemail has the recordings that the ledger knows where its own message names fewer', () => {
  const stream = voicemailOf();
  const both = voicemailOf({ secondRecording: IVR });

  assert.deepEqual(withKnownRecordings(stream, both), both);
  assert.deepEqual(withKnownRecordings(voicemailOf({ recording: undefined }), stream), stream);
  assert.deepEqual(withKnownRecordings(both, stream), both);
  assert.deepEqual(withKnownRecordings(stream, undefined), stream);
});
