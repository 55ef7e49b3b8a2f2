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
import { PermanentError } from '../domain/errors.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import { toRecordingMetadata } from '../domain/recording-metadata.ts';
import { readTranscript } from '../domain/transcript.ts';
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

test('the event of something that is no recording is a permanent failure', async () => {
  await assert.rejects(transcribing([]).start('recordings/readme.txt'), PermanentError);
});

interface Circumstances {
  /** What Transcribe says against the job. */
  readonly refusal?: string;
  /** What the recording's metadata say. */
  readonly blank?: string;
  readonly deliverBlank?: boolean;
}

function transcribing(
  entries: readonly LedgerEntry[],
  { refusal, blank = 'false', deliverBlank = false }: Circumstances = {},
) {
  const ledger = fakeLedger(entries);
  const jobs: unknown[] = [];
  const standIns = new Map<string, string>();
  const ports = {
    ...ledger.ports,
    async findRecordingObject() {
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
