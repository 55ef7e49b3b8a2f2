import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID } from '../../test/contact-record.ts';
import { fakeLedger } from '../../test/fake-ledger.ts';
import { connectCall } from '../../test/kvs-payload.ts';
import {
  entryOf,
  MINUTE_MS,
  NOW,
  RECORDING_KEY,
  recordingOf,
  TRANSCRIPT_KEY,
  voicemailOf,
} from '../../test/voicemails.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import { fromRecordingMetadata, type SavedRecording } from '../domain/recording-metadata.ts';
import { saveRecording, type SaveRecordingPorts } from './save-recording.ts';

const NO_FRAGMENTS = { listFragments: async () => [], readFragments: async function* () {} };

test('a message is kept with everything that is needed to deliver it from the object alone', async () => {
  const world = recording([entryOf()]);

  assert.equal(await world.record(), 'recorded');

  const kept = world.kept.get(RECORDING_KEY);
  const { recording: _, ...expected } = voicemailOf({ mode: undefined, attributes: {} });
  assert.deepEqual(fromRecordingMetadata(kept?.metadata ?? {}), expected);
  assert.ok(world.ledger.kept.get(CONTACT_ID)?.sizeBytes);
});

test('the transcription begins with the recording, in the language of the call', async () => {
  const world = recording([entryOf()]);

  await world.record();

  const job = { jobName: `vmx3_${CONTACT_ID}`, recordingKey: RECORDING_KEY, transcriptKey: TRANSCRIPT_KEY };
  assert.deepEqual(world.jobs, [{ ...job, language: { kind: 'given', code: 'en-US' } }]);
  const { state, dueAtMs } = world.ledger.kept.get(CONTACT_ID) ?? {};
  assert.deepEqual([state, dueAtMs], ['transcribing', NOW + 30 * MINUTE_MS]);
});

test('if Transcribe refuses the job, the stand-in is left at once, and counted', async () => {
  const refusal = {
    kind: 'refused',
    gap: 'REFUSED',
    detail: 'no',
    failure: new PermanentError('REFUSED', 'no'),
  } as const;
  const world = recording([entryOf()], { startJob: async () => refusal });

  assert.equal(await world.record(), 'recorded');

  assert.deepEqual([world.standIns, world.refusals()], [[TRANSCRIPT_KEY], 1]);
  assert.equal(world.ledger.stateOf(CONTACT_ID), 'transcribing');
});

test('a job that cannot be started now is left to the event of the recording, which is not read again', async () => {
  for (const error of [new RetryableError('UNAVAILABLE', 'throttled'), new PermanentError('REFUSED', 'no')]) {
    const world = recording([entryOf()], { startJob: () => Promise.reject(error) });

    assert.equal(await world.record(), 'recorded');
    assert.equal(await world.record(), 'known');

    const { state, dueAtMs } = world.ledger.kept.get(CONTACT_ID) ?? {};
    assert.deepEqual([state, dueAtMs], ['recorded', NOW + 10 * MINUTE_MS]);
    assert.deepEqual(world.warnings, [`the transcription was not started with the recording: ${CONTACT_ID}`]);
  }
  const bug = recording([entryOf()], { startJob: () => Promise.reject(new TypeError('a bug')) });
  await assert.rejects(bug.record(), TypeError);
});

test('a message that was kept by an earlier run is not read again by a later push', async () => {
  const world = recording([entryOf({ attempts: 1 })]);
  world.kept.set(RECORDING_KEY, recordingOf({ metadata: { 'is-complete': 'false' } }));

  assert.equal(await world.record(), 'incomplete');

  assert.equal(world.listed(), 0);
  assert.equal(world.ledger.stateOf(CONTACT_ID), 'transcribing');
});

test('a first try does not look for a recording, and if its run died after it was kept, the first one stays', async () => {
  const world = recording([entryOf()]);

  assert.equal(await world.record(), 'recorded');
  assert.equal(world.looks(), 0);
  const died = recording([entryOf()]);
  died.kept.set(RECORDING_KEY, recordingOf({ metadata: { 'is-complete': 'false' } }));

  assert.equal(await died.record(), 'incomplete');

  assert.equal(died.kept.get(RECORDING_KEY)?.isComplete, false);
  assert.partialDeepStrictEqual(died.ledger.kept.get(CONTACT_ID), { sizeBytes: 16_044, isComplete: false });
});

test('what an earlier run kept is used if the stream has lost it since', async () => {
  const threeMinutesLater = voicemailOf().endedAtMs + 3 * MINUTE_MS;
  const world = recording([entryOf()], { ...NO_FRAGMENTS, now: () => threeMinutesLater });
  world.kept.set(RECORDING_KEY, recordingOf());

  assert.equal(await world.record(), 'recorded');

  assert.deepEqual([world.sent, world.warnings], [[], []]);
});

test('a message that is already on its way is left alone', async () => {
  const world = recording([entryOf({ state: 'delivering' })]);

  assert.equal(await world.record(), 'known');

  assert.equal(world.listed(), 0);
});

test('a message that was given up is recorded after a redrive', async () => {
  const world = recording([entryOf({ state: 'parked' })]);

  assert.equal(await world.record(), 'recorded');

  assert.equal(world.ledger.stateOf(CONTACT_ID), 'transcribing');
});

test('a stream without listed fragments is waited for, and nobody is asked to call back', async () => {
  const world = recording([entryOf()], NO_FRAGMENTS);

  await assert.rejects(world.record(), { name: 'RetryableError', code: 'NOT_READY' });
  assert.deepEqual([world.sent, world.kept.size], [[], 0]);
});

test('a stream without the caller’s audio leads to a request to call back, and to no empty file', async () => {
  const threeMinutesLater = voicemailOf().endedAtMs + 3 * MINUTE_MS;
  const world = recording([entryOf()], { ...NO_FRAGMENTS, now: () => threeMinutesLater });

  assert.equal(await world.record(), 'unrecordable');

  assert.deepEqual(world.sent, [{ push: 'deliver', contactId: CONTACT_ID, unrecordable: 'NO_AUDIO' }]);
  assert.equal(world.kept.size, 0);
  assert.deepEqual(world.warnings, [`message cannot be recorded: ${CONTACT_ID}`]);
});

test('an outage is thrown, so that the message comes back', async () => {
  const world = recording([entryOf()], {
    listFragments: () => Promise.reject(new RetryableError('UNAVAILABLE', 'no answer')),
  });

  await assert.rejects(world.record(), RetryableError);
});

test('the ledger says which source the recording was made of', async () => {
  const world = recording([entryOf()]);

  assert.equal(await world.record(), 'recorded');

  assert.partialDeepStrictEqual(world.ledger.kept.get(CONTACT_ID), { recordedFrom: 'stream' });
});

test('a message without words is kept, and ends there', async () => {
  const world = recording([entryOf()], { minimumMs: 60_000 });

  assert.equal(await world.record(), 'blank');
  assert.equal(await world.record(), 'known');
  assert.deepEqual(world.jobs, []);

  assert.equal(world.kept.get(RECORDING_KEY)?.metadata['blank'], 'true');
  assert.equal(world.ledger.stateOf(CONTACT_ID), 'blank');
  assert.equal(world.ledger.kept.get(CONTACT_ID)?.dueAtMs, undefined);
  assert.deepEqual(world.sent, []);
});

test('a blank message goes on like any other if blank ones are to be delivered', async () => {
  const world = recording([entryOf()], { minimumMs: 60_000, deliverBlank: true });

  assert.equal(await world.record(), 'recorded');

  assert.equal(world.ledger.stateOf(CONTACT_ID), 'transcribing');
});

test('a blank message that was kept by a run that crashed before the ledger stays blank', async () => {
  const world = recording([entryOf({ attempts: 1 })]);
  world.kept.set(RECORDING_KEY, recordingOf({ metadata: { blank: 'true' }, sizeBytes: 8044 }));

  assert.equal(await world.record(), 'blank');

  assert.equal(world.listed(), 0);
});

test('a blank message that was noted by its event meanwhile is not counted again', async () => {
  const world = recording([entryOf()], {
    findEntry: async () => entryOf(),
    moveEntry: async () => false,
    minimumMs: 60_000,
  });

  assert.equal(await world.record(), 'known');
});

function recording(entries: readonly LedgerEntry[], changes: Partial<SaveRecordingPorts> = {}) {
  const ledger = fakeLedger(entries);
  const sent: unknown[] = [];
  const warnings: string[] = [];
  const jobs: unknown[] = [];
  const standIns: string[] = [];
  const kept = new Map<string, SavedRecording>();
  const call = connectCall({ contactId: CONTACT_ID, fragments: 3 });
  const count = { listings: 0, looks: 0, refusals: 0 };
  const ports: SaveRecordingPorts = {
    ...ledger.ports,
    async listFragments() {
      count.listings += 1;
      return call.fragmentNumbers.map((fragmentNumber) => ({ fragmentNumber }));
    },
    async *readFragments() {
      yield call.payload;
    },
    async keepRecording({ key, pcm, metadataAtEnd }) {
      let sizeBytes = 44;
      for await (const chunk of pcm) sizeBytes += chunk.byteLength;
      const saved = kept.get(key) ?? recordingOf({ metadata: metadataAtEnd(), sizeBytes });
      kept.set(key, saved);
      return saved;
    },
    async findRecordingObject(key) {
      count.looks += 1;
      return kept.get(key);
    },
    async sendToDelivery(push) {
      sent.push(push);
    },
    async wait() {},
    async startJob(job) {
      jobs.push(job);
      return { kind: 'started' };
    },
    async putStandIn(key) {
      standIns.push(key);
      return 'written';
    },
    languages: { spoken: [], first: 'en-US' },
    transcriptDeadlineMs: 30 * MINUTE_MS,
    onTranscriptionRefused: () => void (count.refusals += 1),
    minimumMs: 1000,
    deliverBlank: false,
    setback: (what, { contactId }) => void warnings.push(`${what}: ${contactId}`),
    now: () => NOW,
    ...changes,
  };
  const { recording: first } = voicemailOf();
  const fragments = {
    fragmentStartNumber: call.fragmentNumbers[0] ?? '',
    fragmentStopNumber: call.fragmentNumbers.at(-1) ?? '',
  };
  const voicemail = voicemailOf(first && { recording: { ...first, ...fragments } });
  return {
    ledger,
    sent,
    kept,
    warnings,
    jobs,
    standIns,
    refusals: () => count.refusals,
    listed: () => count.listings,
    looks: () => count.looks,
    record: () => saveRecording(voicemail, ports),
  };
}
