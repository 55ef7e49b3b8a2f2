import assert from 'node:assert/strict';
import { test } from 'node:test';
import { transcriptInWords } from './in-words.ts';
import type { TranscriptGap } from './transcript.ts';

/** By gap: the sentence in the task, the mail and the guide. */
const SENTENCES = {
  BLANK: 'Nothing was said.',
  TOO_SHORT: 'There is no transcript: the recording is shorter than half a second.',
  UNKNOWN_LANGUAGE: 'There is no transcript: Amazon Transcribe does not know the language code "de-AT".',
  LANGUAGE_NOT_HERE:
    'There is no transcript: Amazon Transcribe does not offer the language code "de-AT" in this Region.',
  UNIDENTIFIED_LANGUAGE: 'There is no transcript: the spoken language could not be recognized.',
  BAD_AUDIO: 'There is no transcript: Amazon Transcribe could not read the recording.',
  NOT_ALLOWED:
    'There is no transcript: transcription is not allowed to use the recording. Please tell an administrator.',
  REFUSED: 'There is no transcript: Amazon Transcribe did not accept the recording.',
  FAILED: 'There is no transcript: transcription failed.',
  NOT_STARTED: 'There is no transcript: transcription could not be started in time.',
  RECORDING_ARCHIVED: 'There is no transcript: the recording was archived before it was transcribed.',
  ARCHIVED: 'There is no transcript: it is archived. Ask an administrator if you need it.',
  EXPIRED: 'There is no transcript: it is no longer kept.',
  OVERDUE: 'There is no transcript: transcription took too long.',
  UNREADABLE: 'There is no transcript: it could not be read.',
} satisfies Record<TranscriptGap, string>;

for (const [gap, sentence] of Object.entries(SENTENCES)) {
  test(`people read why there is no transcript, in words, and nothing that AWS said: ${gap}`, () => {
    const detail = 'BadRequestException: 1 validation error detected';

    assert.ok(isGap(gap));
    assert.equal(transcriptInWords({ kind: 'gap', gap, language: 'de-AT', detail }), sentence);
  });
}

test('a flow’s language is repeated only if it can be a code', () => {
  for (const language of ['Zz9 canary', 'x'.repeat(17), '<b>', undefined]) {
    assert.equal(
      transcriptInWords({ kind: 'gap', gap: 'UNKNOWN_LANGUAGE', language }),
      'There is no transcript: Amazon Transcribe does not know the language that the call was marked with.',
    );
  }
});

test('for a silent recording people read that nothing was said, whatever happened to its transcript', () => {
  for (const transcript of [
    undefined,
    { kind: 'text', text: '' },
    { kind: 'gap', gap: 'BLANK' },
    { kind: 'gap', gap: 'FAILED' },
  ] as const) {
    assert.equal(transcriptInWords(transcript, { isBlank: true }), 'Nothing was said.');
  }
});

test('for a short recording with a sound in it nobody reads that nothing was said', () => {
  const heard = { isBlank: true, hasSound: true } as const;

  assert.equal(transcriptInWords({ kind: 'text', text: 'It is Ana.' }, heard), 'It is Ana.');
  assert.equal(
    transcriptInWords({ kind: 'text', text: '' }, heard),
    'No words were recognized in the recording.',
  );
  assert.equal(transcriptInWords({ kind: 'gap', gap: 'OVERDUE' }, heard), SENTENCES.OVERDUE);
  assert.equal(
    transcriptInWords(undefined, heard),
    'There is no transcript: the message is so short that none was made.',
  );
});

function isGap(name: string): name is TranscriptGap {
  return Object.hasOwn(SENTENCES, name);
}
