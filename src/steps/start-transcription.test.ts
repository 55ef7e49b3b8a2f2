import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID } from '../../test/contact-record.ts';
import { fakeLedger } from '../../test/fake-ledger.ts';
import {
  entryOf,
  MINUTE_MS,
  NOW,
  RECORDING_KEY,
  recordingOf,
  TRANSCRIPT_KEY,
  voicemailOf,
} from '../../test/voicemails.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import { type SavedRecording, toRecordingMetadata } from '../domain/recording-metadata.ts';
import { PermanentError } from '../domain/errors.ts';
import type { JobLanguage } from '../domain/job-language.ts';
import { readTranscript, type StandInGap } from '../domain/transcript.ts';
import type { StartJobPort } from './start-job.ts';
import { startTranscription } from './start-transcription.ts';

test('a recording is transcribed in the language of the call', async () => {
  const world = transcribing([entryOf({ state: 'recorded', voicemail: voicemailOf({ language: 'es-US' }) })]);

  assert.equal(await world.start(), 'started');

  const job = { jobName: `vmx3_${CONTACT_ID}`, recordingKey: RECORDING_KEY, transcriptKey: TRANSCRIPT_KEY };
  assert.deepEqual(world.jobs, [{ ...job, language: { kind: 'given', code: 'es-US' } }]);
  assert.equal(world.ledger.stateOf(CONTACT_ID), 'transcribing');
  assert.equal(world.ledger.kept.get(CONTACT_ID)?.dueAtMs, NOW + 30 * MINUTE_MS);
});

test('a recording that is not in the ledger is transcribed from its metadata alone', async () => {
  const world = transcribing([]);

  assert.equal(await world.start(), 'started');

  assert.equal(world.ledger.stateOf(CONTACT_ID), 'transcribing');
  assert.equal(world.ledger.kept.get(CONTACT_ID)?.voicemail.from, '+15555550142');
});

test('a job that Transcribe refuses leaves a stand-in, so that the voicemail is still delivered', async () => {
  const voicemail = voicemailOf({ language: 'de_AT' });
  const world = transcribing([entryOf({ state: 'recorded', voicemail })], { refusal: 'UNKNOWN_LANGUAGE' });

  assert.equal(await world.start(), 'refused');

  const standIn = readTranscript(world.standIns.get(TRANSCRIPT_KEY) ?? '');
  assert.deepEqual(standIn, {
    kind: 'gap',
    gap: 'UNKNOWN_LANGUAGE',
    language: 'de-AT',
    detail: 'AWS’s words',
  });
  assert.equal(world.ledger.stateOf(CONTACT_ID), 'transcribing');
});

test('a language that is to be identified is looked for among the configured ones', async () => {
  const voicemail = voicemailOf({ language: 'auto' });
  const world = transcribing([entryOf({ state: 'recorded', voicemail })]);

  assert.equal(await world.start(), 'started');

  assert.deepEqual(
    world.jobs.map(({ language }) => language),
    [{ kind: 'identify', among: ['en-US', 'es-US'] }],
  );
});

test('if Transcribe refuses such a job, the first language is tried at once', async () => {
  const voicemail = voicemailOf({ language: 'auto' });
  const world = transcribing([entryOf({ state: 'recorded', voicemail })], {
    refusal: 'REFUSED',
    refuses: ({ kind }) => kind === 'identify',
  });

  assert.equal(await world.start(), 'started');

  assert.deepEqual(
    world.jobs.map(({ language }) => language.kind),
    ['identify', 'given'],
  );
  assert.equal(new Set(world.jobs.map(({ jobName }) => jobName)).size, 1);
  assert.equal(world.standIns.size, 0);
});

test('a job that is not allowed is not tried in another language', async () => {
  const voicemail = voicemailOf({ language: 'auto' });
  const world = transcribing([entryOf({ state: 'recorded', voicemail })], { refusal: 'NOT_ALLOWED' });

  assert.equal(await world.start(), 'refused');

  assert.equal(world.jobs.length, 1);
});

test('a recording that was given up is transcribed after a redrive', async () => {
  const world = transcribing([entryOf({ state: 'parked' })]);

  assert.equal(await world.start(), 'started');

  assert.equal(world.ledger.stateOf(CONTACT_ID), 'transcribing');
});

test('the event of a recording that is already on its way does nothing', async () => {
  for (const state of ['transcribing', 'delivering', 'delivered', 'blank'] as const) {
    const world = transcribing([entryOf({ state })]);

    assert.equal(await world.start(), 'known');

    assert.deepEqual(world.jobs, []);
  }
});

test('a blank recording is not transcribed, and its event does nothing, however often it comes', async () => {
  for (const entries of [[entryOf({ state: 'received' })], [entryOf({ state: 'recorded' })], []]) {
    const world = transcribing(entries, { blank: 'true' });

    assert.equal(await world.start(), 'blank');
    assert.equal(await world.start(), 'known');

    assert.deepEqual(world.jobs, []);
    assert.equal(world.ledger.stateOf(CONTACT_ID), 'blank');
    assert.equal(world.ledger.kept.get(CONTACT_ID)?.dueAtMs, undefined);
  }
});

test('a silent recording that is to be delivered gets a stand-in, and no job', async () => {
  const world = transcribing([], { blank: 'true', deliverBlank: true });

  assert.equal(await world.start(), 'untried');

  assert.deepEqual(world.jobs, []);
  assert.deepEqual(readTranscript(world.standIns.get(TRANSCRIPT_KEY) ?? ''), { kind: 'gap', gap: 'BLANK' });
  assert.equal(world.ledger.stateOf(CONTACT_ID), 'transcribing');
});

test('a recording below half a second gets a stand-in, and no job', async () => {
  for (const blank of ['true', 'false']) {
    const world = transcribing([], { blank, deliverBlank: true, sizeBytes: 44 + 499 * 16 });

    assert.equal(await world.start(), 'untried');

    assert.deepEqual(world.jobs, []);
    assert.deepEqual(readTranscript(world.standIns.get(TRANSCRIPT_KEY) ?? ''), {
      kind: 'gap',
      gap: 'TOO_SHORT',
    });
  }
  assert.equal(await transcribing([], { sizeBytes: 44 + 500 * 16 }).start(), 'started');
});

test('what the ledger notes of a recording is not asked for again; an entry of an earlier version has no such notes', async () => {
  const noted = { sizeBytes: 44 + 499 * 16, isComplete: true, isBlank: false };
  const world = transcribing([entryOf({ state: 'recorded', ...noted })], { object: undefined });

  assert.equal(await world.start(), 'untried');

  const earlier = transcribing([entryOf({ state: 'recorded', isComplete: true })], { sizeBytes: 32_044 });
  assert.equal(await earlier.start(), 'started');
  assert.equal(earlier.ledger.kept.get(CONTACT_ID)?.sizeBytes, 32_044);
});

test('a message that is blank only because it is short is transcribed if blank ones are to be delivered', async () => {
  const world = transcribing([], { blank: 'true', deliverBlank: true, hasSound: 'true' });

  assert.equal(await world.start(), 'started');
});

const PERMANENT = { name: 'PermanentError', code: 'MALFORMED_EVENT' };

test('a file of another program in the bucket is not ours, and starts nothing', async () => {
  for (const key of ['recordings/readme.txt', 'recordings/+15555550142.wav', TRANSCRIPT_KEY]) {
    assert.equal(await transcribing([entryOf()]).start(key), 'not-ours');
  }
  const ofSomebody = { language: 'fr', from: 'somebody' };
  for (const metadata of [undefined, {}, ofSomebody]) {
    const object = metadata && recordingOf({ metadata, sizeBytes: 9 });
    const world = transcribing([], { object });

    assert.equal(await world.start(), 'not-ours');
    assert.deepEqual(world.jobs, []);
    assert.equal(world.ledger.kept.size, 0);
  }
});

test('a copy of a recording under another key is not ours, whether the ledger knows the contact or not', async () => {
  const otherDay = `recordings/2020/01/01/${CONTACT_ID}.wav`;
  for (const entries of [[], [entryOf({ state: 'received' })], [entryOf({ state: 'recorded' })]]) {
    const world = transcribing(entries);

    assert.equal(await world.start(otherDay), 'not-ours');
    assert.deepEqual([world.jobs, world.standIns.size], [[], 0]);
    assert.deepEqual([...world.ledger.kept.values()], entries);
  }
  const metadata = toRecordingMetadata(voicemailOf({ contactId: 'another' }));
  const ofAnother = transcribing([], { object: recordingOf({ metadata }) });

  assert.equal(await ofAnother.start(), 'not-ours');
  assert.deepEqual(ofAnother.jobs, []);
});

test('a recording of ours is ours by the ledger alone, whatever its metadata', async () => {
  const object = recordingOf();

  assert.equal(await transcribing([entryOf()], { object }).start(), 'started');
});

test('a recording of ours that is gone, or has no contact in its metadata, is an error', async () => {
  const gone = transcribing([entryOf()], { object: undefined });
  await assert.rejects(gone.start(), { ...PERMANENT, code: 'NO_AUDIO' });

  const whole = toRecordingMetadata(voicemailOf());
  const damaged = [
    { 'contact-id': whole['contact-id'] ?? '' },
    { ...whole, 'called-at': 'yesterday' },
    { 'is-complete': 'true' },
  ];
  for (const metadata of damaged) {
    await assert.rejects(transcribing([], { object: recordingOf({ metadata }) }).start(), PERMANENT);
  }
});

interface Circumstances {
  /** Transcribe's reason for refusing the job. */
  readonly refusal?: StandInGap;
  /** Which jobs it refuses; absent: all. */
  readonly refuses?: (language: JobLanguage) => boolean;
  /** The recording's metadata. */
  readonly blank?: string;
  readonly hasSound?: string;
  readonly sizeBytes?: number;
  readonly deliverBlank?: boolean;
  /** What lies under the key, if not a recording of ours. */
  readonly object?: SavedRecording | undefined;
}

function transcribing(entries: readonly LedgerEntry[], circumstances: Circumstances = {}) {
  const { refusal, refuses = () => true, blank = 'false', hasSound, deliverBlank = false } = circumstances;
  const { sizeBytes = 16_044 } = circumstances;
  const ledger = fakeLedger(entries);
  const jobs: Parameters<StartJobPort['startJob']>[0][] = [];
  const standIns = new Map<string, string>();
  const ports = {
    ...ledger.ports,
    async findRecordingObject() {
      if ('object' in circumstances) return circumstances.object;
      const metadata = {
        ...toRecordingMetadata(voicemailOf()),
        blank,
        ...(hasSound && { 'has-sound': hasSound }),
      };
      return recordingOf({ metadata, sizeBytes });
    },
    async startJob(job: Parameters<StartJobPort['startJob']>[0]) {
      jobs.push(job);
      if (!refusal || !refuses(job.language)) return { kind: 'started' } as const;
      const failure = new PermanentError('REFUSED', 'no');
      return { kind: 'refused', gap: refusal, detail: 'AWS’s words', failure } as const;
    },
    languages: { spoken: ['en-US', 'es-US'], first: 'en-US' },
    async putStandIn(key: string, body: string) {
      standIns.set(key, body);
      return 'written' as const;
    },
    setback() {},
    transcriptDeadlineMs: 30 * MINUTE_MS,
    deliverBlank,
    now: () => NOW,
  };
  const start = (key = RECORDING_KEY) => startTranscription(key, ports);
  return { ledger, jobs, standIns, start };
}
