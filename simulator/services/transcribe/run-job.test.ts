import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeWav } from '../../audio/write-wav.ts';
import { RecognizerUnavailableError } from '../../recognizer/recognizer.ts';
import { type Given, REQUEST, start } from './transcribe.fixture.ts';

const FAILURES: readonly (readonly [what: string, given: Given, change: object, reason: RegExp])[] = [
  [
    'a sample less than half a second',
    { recording: writeWav(new Int16Array(3999)) },
    {},
    /^The input media file length is too small\./,
  ],
  ['a file that is not WAV', { recording: Buffer.from('ID3 an mp3') }, {}, /^Unsupported media format\./],
  [
    'another file whose format is given as WAV',
    { recording: Buffer.from('ID3') },
    { MediaFormat: 'wav' },
    /^The media format provided does not match the detected media format\.$/,
  ],
  [
    'a WAV whose format is given as mp3',
    {},
    { MediaFormat: 'mp3' },
    /^The media format provided does not match the detected media format\.$/,
  ],
  [
    'another sample rate than the given one',
    {},
    { MediaSampleRateHertz: 16_000 },
    /^The sample rate provided does not match the detected sample rate\.$/,
  ],
  [
    'a language that the recognizer does not know',
    {},
    { LanguageCode: 'es-US' },
    /^The simulator's recognizer only knows English; this job is in es-US\.$/,
  ],
  [
    'silence, with the language to be identified',
    { hear: () => '' },
    { LanguageCode: undefined, IdentifyLanguage: true, LanguageOptions: ['en-US', 'es-US'] },
    /^Your audio file must have a speech segment long enough/,
  ],
  [
    'a recognizer that is not installed',
    {
      hear: () => {
        throw new RecognizerUnavailableError('transcription unavailable: run npm ci');
      },
    },
    {},
    /transcription unavailable: run npm ci$/,
  ],
];
for (const [what, given, change, reason] of FAILURES) {
  test(`${what} fails the job, with the reason in the event`, async (t) => {
    const { call, ended, written, events, happened } = start(t, given);

    await call('StartTranscriptionJob', { ...REQUEST, ...change });
    await ended();

    assert.equal(events[0]?.detail['TranscriptionJobStatus'], 'FAILED');
    assert.match(String(events[0]?.detail['FailureReason']), reason);
    assert.equal(written.length, 1, 'only the access check');
    const { TranscriptionJob: job } = await call('GetTranscriptionJob', { TranscriptionJobName: 'vm_1' });
    assert.match(job.FailureReason, reason);
    assert.deepEqual(
      happened.map((one) => one.kind === 'transcription-job' && one.status),
      ['IN_PROGRESS', 'FAILED'],
    );
  });
}
