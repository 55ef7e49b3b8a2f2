import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID } from '../../test/contact-record.ts';
import { fakeLedger } from '../../test/fake-ledger.ts';
import { entryOf, RECORDING_KEY, TRANSCRIPT_KEY, voicemailOf } from '../../test/voicemails.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import { readTranscript } from '../domain/transcript.ts';
import { noteFailedTranscription } from './note-failed-transcription.ts';
import type { StartJobPort } from './start-job.ts';

const JOB = `vmx3_${CONTACT_ID}`;
const SECOND = {
  jobName: `${JOB}_2`,
  recordingKey: RECORDING_KEY,
  transcriptKey: TRANSCRIPT_KEY,
  language: { kind: 'given', code: 'en-US' },
};
/** Amazon Transcribe's words, as seen in live accounts. */
const NOT_IDENTIFIED =
  'Your audio file must have a speech segment long enough in duration to perform automatic language identification. Provide an audio file with someone speaking for a longer period of time and try your request again.';
const TOO_SMALL =
  'The input media file length is too small. Minimum audio duration is 0.500000 milliseconds. Check the length of the file and try your request again.';

const IN_ENGLISH = entryOf({ state: 'transcribing' });
const AUTO = entryOf({ state: 'transcribing', voicemail: voicemailOf({ language: 'auto' }) });

test('a failed job leaves a stand-in with its reason where the transcript would have been', async () => {
  const world = failing(IN_ENGLISH);

  assert.equal(await world.note(JOB, 'something new'), 'noted');

  assert.deepEqual(world.gap(), { kind: 'gap', gap: 'FAILED', detail: 'something new' });
  assert.deepEqual(world.jobs, []);
});

test('a fault of the recording is named, and a fault that callers cause raises no alarm', async () => {
  for (const [reason, gap, outcome] of [
    [TOO_SMALL, 'TOO_SHORT', 'expected'],
    [
      'Invalid file size: file size too small. Audio must last at least 500 milliseconds.',
      'TOO_SHORT',
      'expected',
    ],
    [NOT_IDENTIFIED, 'UNIDENTIFIED_LANGUAGE', 'expected'],
    ['The media format provided does not match the detected media format.', 'BAD_AUDIO', 'noted'],
    ['Invalid sample rate for audio file.', 'BAD_AUDIO', 'noted'],
    [
      "The data in your input media file isn't valid. Check the media file and try your request again.",
      'BAD_AUDIO',
      'noted',
    ],
    ['Invalid file size: file size too large.', 'BAD_AUDIO', 'noted'],
    ["The specified S3 bucket can't be accessed.", 'NOT_ALLOWED', 'noted'],
    [undefined, 'FAILED', 'noted'],
  ] as const) {
    const world = failing(IN_ENGLISH);

    assert.equal(await world.note(JOB, reason), outcome, reason);
    assert.equal(world.gap()?.gap, gap);
  }
});

test('if the language could not be identified, there is one more try in the first language, however often the event comes', async () => {
  const world = failing(AUTO);

  assert.equal(await world.note(JOB, NOT_IDENTIFIED), 'tried-again');
  assert.equal(await world.note(JOB, NOT_IDENTIFIED), 'tried-again');

  assert.deepEqual(world.jobs, [SECOND, SECOND], 'the same job by its name');
  assert.equal(world.gap(), undefined);
});

test('there is no third job after the second fails', async () => {
  const world = failing(AUTO);

  assert.equal(await world.note(`${JOB}_2`, 'something new'), 'noted');

  assert.equal(world.gap()?.gap, 'FAILED');
  assert.deepEqual(world.jobs, []);
});

test('no second job is started for a faulty recording', async () => {
  const world = failing(AUTO);

  assert.equal(await world.note(JOB, TOO_SMALL), 'expected');

  assert.deepEqual(world.jobs, []);
});

test('no second job is started for a voicemail that was delivered meanwhile', async () => {
  for (const state of ['delivering', 'delivered', 'blank'] as const) {
    const world = failing(entryOf({ state, voicemail: voicemailOf({ language: 'auto' }) }));

    await world.note(JOB, NOT_IDENTIFIED);

    assert.deepEqual(world.jobs, []);
  }
});

test('no second job is started if there was nothing to identify', async () => {
  const world = failing(AUTO, { spoken: ['en-US', 'en-GB'] });

  assert.equal(await world.note(JOB, 'something new'), 'noted');

  assert.deepEqual(world.jobs, []);
});

test('a second job that is refused leaves a stand-in that names the language', async () => {
  const failure = new PermanentError('REFUSED', 'no');
  const world = failing(AUTO, {
    startJob: async () => ({ kind: 'refused', gap: 'LANGUAGE_NOT_HERE', detail: 'AWS’s words', failure }),
  });

  assert.equal(await world.note(JOB, NOT_IDENTIFIED), 'refused');

  assert.deepEqual(world.gap(), {
    kind: 'gap',
    gap: 'LANGUAGE_NOT_HERE',
    language: 'en-US',
    detail: 'AWS’s words',
  });
});

test('a second job that cannot be started yet is started when the event comes back', async () => {
  const world = failing(AUTO, {
    startJob: async () => {
      throw new RetryableError('THROTTLED', 'too many jobs');
    },
  });

  await assert.rejects(world.note(JOB, NOT_IDENTIFIED), RetryableError);
  assert.equal(world.gap(), undefined);
});

test('a failed job of another stack in the account, or of anybody else, is not ours', async () => {
  for (const jobName of ['vmx3_c0ffee00-0000-4000-8000-0000000000ff', `other_${CONTACT_ID}`]) {
    const world = failing(IN_ENGLISH);

    assert.equal(await world.note(jobName, 'something new'), 'not-ours');
    assert.equal(world.gap(), undefined);
  }
});

interface Circumstances {
  readonly spoken?: readonly string[];
  readonly startJob?: StartJobPort['startJob'];
}

function failing(entry: LedgerEntry, { spoken = ['en-US', 'es-US'], startJob }: Circumstances = {}) {
  const { ports } = fakeLedger([entry]);
  const standIns = new Map<string, string>();
  const jobs: unknown[] = [];
  const note = (jobName: string, reason: string | undefined) =>
    noteFailedTranscription(
      { jobName, reason },
      {
        ...ports,
        async startJob(job) {
          if (startJob) return startJob(job);
          jobs.push(job);
          return { kind: 'started' };
        },
        async putStandIn(key, body) {
          standIns.set(key, body);
          return 'written';
        },
        languages: { spoken, first: 'en-US' },
        setback() {},
      },
    );
  const gap = () => {
    const transcript = standIns.has(TRANSCRIPT_KEY) && readTranscript(standIns.get(TRANSCRIPT_KEY) ?? '');
    return transcript && transcript.kind === 'gap' ? transcript : undefined;
  };
  return { note, gap, jobs };
}
