import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID } from '../../test/contact-record.ts';
import { fakeLedger } from '../../test/fake-ledger.ts';
import {
  entryOf,
  MINUTE_MS,
  NOW,
  RECORDING_KEY,
  TRANSCRIPT_KEY,
  voicemailOf,
} from '../../test/voicemails.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import { toRecordingMetadata } from '../domain/recording-metadata.ts';
import { readTranscript } from '../domain/transcript.ts';
import type { KeptRecording } from './keep-message.ts';
import { startTranscription } from './start-transcription.ts';

test('a recording is transcribed in the language of the call', async () => {
  const world = transcribing([entryOf({ state: 'recorded', voicemail: voicemailOf({ language: 'es-US' }) })]);

  assert.equal(await world.start(), 'started');

  const job = { jobName: `vmx3_${CONTACT_ID}`, recordingKey: RECORDING_KEY, transcriptKey: TRANSCRIPT_KEY };
  assert.deepEqual(world.jobs, [{ ...job, language: 'es-US' }]);
  assert.equal(world.ledger.stateOf(CONTACT_ID), 'transcribing');
  assert.equal(world.ledger.kept.get(CONTACT_ID)?.dueAtMs, NOW + 30 * MINUTE_MS);
});

test('a recording that the ledger has never heard of is transcribed from its metadata alone', async () => {
  const world = transcribing([]);

  assert.equal(await world.start(), 'started');

  assert.equal(world.ledger.stateOf(CONTACT_ID), 'transcribing');
  assert.equal(world.ledger.kept.get(CONTACT_ID)?.voicemail.from, '+15555550142');
});

test('a job that Transcribe refuses leaves a stand-in, so that the voicemail is still delivered', async () => {
  const world = transcribing([entryOf({ state: 'recorded' })], { refusal: 'unknown language' });

  assert.equal(await world.start(), 'refused');

  const standIn = readTranscript(world.standIns.get(TRANSCRIPT_KEY) ?? '');
  assert.deepEqual(standIn, { kind: 'gap', gap: 'REFUSED', detail: 'unknown language' });
  assert.equal(world.ledger.stateOf(CONTACT_ID), 'transcribing');
});

test('a recording that was given up is transcribed when its message is redriven', async () => {
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

test('a blank recording is not transcribed, and its event comes to nothing however often it comes', async () => {
  for (const entries of [[entryOf({ state: 'received' })], [entryOf({ state: 'recorded' })], []]) {
    const world = transcribing(entries, { blank: 'true' });

    assert.equal(await world.start(), 'blank');
    assert.equal(await world.start(), 'known');

    assert.deepEqual(world.jobs, []);
    assert.equal(world.ledger.stateOf(CONTACT_ID), 'blank');
    assert.equal(world.ledger.kept.get(CONTACT_ID)?.dueAtMs, undefined);
  }
});

test('a blank recording is transcribed like any other if blank ones are to be delivered', async () => {
  const world = transcribing([], { blank: 'true', deliverBlank: true });

  assert.equal(await world.start(), 'started');
});

const PERMANENT = { name: 'PermanentError', code: 'MALFORMED_EVENT' };

test('a file that somebody else put into the bucket is not ours, and starts nothing', async () => {
  for (const key of ['recordings/readme.txt', 'recordings/+15555550142.wav', TRANSCRIPT_KEY]) {
    assert.equal(await transcribing([entryOf()]).start(key), 'not-ours');
  }
  const ofSomebody = { language: 'fr', from: 'somebody' };
  for (const object of [undefined, { metadata: {}, sizeBytes: 9 }, { metadata: ofSomebody, sizeBytes: 9 }]) {
    const world = transcribing([], { object });

    assert.equal(await world.start(), 'not-ours');
    assert.deepEqual(world.jobs, []);
    assert.equal(world.ledger.kept.size, 0);
  }
});

test('a recording of ours is ours by the ledger alone, whatever its metadata', async () => {
  const object = { metadata: {}, sizeBytes: 16_044 };

  assert.equal(await transcribing([entryOf()], { object }).start(), 'started');
});

test('a recording of ours that is gone, or that does not say whose it is, is not passed over', async () => {
  const gone = transcribing([entryOf()], { object: undefined });
  await assert.rejects(gone.start(), { ...PERMANENT, code: 'NO_AUDIO' });

  const whole = toRecordingMetadata(voicemailOf());
  const damaged = [
    { 'contact-id': whole['contact-id'] ?? '' },
    { ...whole, 'called-at': 'yesterday' },
    { 'is-complete': 'true' },
    toRecordingMetadata(voicemailOf({ contactId: 'another' })),
  ];
  for (const metadata of damaged) {
    await assert.rejects(transcribing([], { object: { metadata, sizeBytes: 16_044 } }).start(), PERMANENT);
  }
});

interface Circumstances {
  /** What Transcribe says against the job. */
  readonly refusal?: string;
  /** What the recording's metadata say. */
  readonly blank?: string;
  readonly deliverBlank?: boolean;
  /** What lies under the key, if not a recording of ours. */
  readonly object?: KeptRecording | undefined;
}

function transcribing(
  entries: readonly LedgerEntry[],
  { refusal, blank = 'false', deliverBlank = false, ...given }: Circumstances = {},
) {
  const ledger = fakeLedger(entries);
  const jobs: unknown[] = [];
  const standIns = new Map<string, string>();
  const ports = {
    ...ledger.ports,
    async findRecordingObject() {
      if ('object' in given) return given.object;
      return { metadata: { ...toRecordingMetadata(voicemailOf()), blank }, sizeBytes: 16_044 };
    },
    async startJob(job: unknown) {
      jobs.push(job);
      return refusal ? ({ kind: 'refused', reason: refusal } as const) : ({ kind: 'started' } as const);
    },
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
