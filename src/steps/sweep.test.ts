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
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { MOST_ATTEMPTS, type LedgerEntry } from '../domain/ledger.ts';
import { readTranscript } from '../domain/transcript.ts';
import { sweep } from './sweep.ts';

const OVERDUE = { dueAtMs: NOW - 1 };

test('a voicemail whose transcript is overdue gets a stand-in, whose event delivers it', async () => {
  const world = sweeping([entryOf({ state: 'transcribing', ...OVERDUE })]);

  await sweep(world.ports);

  assert.deepEqual(readTranscript(world.standIns.get(TRANSCRIPT_KEY) ?? ''), { kind: 'gap', gap: 'OVERDUE' });
  assert.deepEqual(world.sent, []);
});

test('a transcript that is there but was never delivered is delivered', async () => {
  const world = sweeping([entryOf({ state: 'transcribing', ...OVERDUE })]);
  world.standIns.set(TRANSCRIPT_KEY, 'the transcript');

  await sweep(world.ports);

  assert.equal(world.standIns.get(TRANSCRIPT_KEY), 'the transcript');
  assert.deepEqual(world.sent, [{ push: 'deliver', contactId: CONTACT_ID }]);
});

test('every open voicemail past its due time is pushed to its next step', async () => {
  assert.deepEqual(await pushOf({ state: 'received' }), ['recording']);
  assert.deepEqual(await pushOf({ state: 'received', voicemail: voicemailOf({ recording: undefined }) }), [
    { push: 'deliver', contactId: CONTACT_ID, unrecordable: 'NO_AUDIO' },
  ]);
  assert.deepEqual(await pushOf({ state: 'recorded' }), [RECORDING_KEY]);
  assert.deepEqual(await pushOf({ state: 'delivering' }), [{ push: 'deliver', contactId: CONTACT_ID }]);
});

test('a recording that transcription does not take is sent there again until the transcript deadline', async () => {
  const world = sweeping([entryOf({ state: 'recorded', attempts: 1, ...OVERDUE })]);

  await sweep(world.ports);

  assert.deepEqual(world.sent, [RECORDING_KEY]);
  assert.equal(world.standIns.size, 0);
});

test('a recording that transcription did not take by the deadline is delivered without transcript', async () => {
  const world = sweeping([entryOf({ state: 'recorded', attempts: 1, ...OVERDUE })]);

  await sweep({ ...world.ports, transcriptDeadlineMs: MINUTE_MS / 2 });

  assert.deepEqual(world.sent, []);
  assert.ok(world.standIns.has(TRANSCRIPT_KEY));
});

test('a recording that transcription does not take is looked at again when its transcript is due, not long after', async () => {
  const world = sweeping([entryOf({ state: 'recorded', attempts: 2, ...OVERDUE })]);
  const { endedAtMs } = voicemailOf();
  const transcriptDeadlineMs = NOW + MINUTE_MS - endedAtMs;

  await sweep({ ...world.ports, transcriptDeadlineMs });

  assert.deepEqual(world.sent, [RECORDING_KEY]);
  assert.equal(world.ledger.kept.get(CONTACT_ID)?.dueAtMs, NOW + MINUTE_MS);
});

test('an entry that can never be read is given up, and does not stand before the others', async () => {
  const world = sweeping([entryOf(OVERDUE)]);

  await sweep({
    ...world.ports,
    findEntry: async () => {
      throw new PermanentError('MALFORMED_EVENT', 'not a ledger entry');
    },
  });

  assert.deepEqual(world.outcomes, [`parked ${CONTACT_ID}`]);
  assert.equal(world.ledger.stateOf(CONTACT_ID), 'parked');
});

test('a voicemail that is not due yet is left alone', async () => {
  const world = sweeping([entryOf({ state: 'recorded', dueAtMs: NOW + 1 })]);

  await sweep(world.ports);

  assert.deepEqual(world.outcomes, []);
});

test('one that cannot be pushed does not hold up the others', async () => {
  const other = 'c0ffee00-0000-4000-8000-0000000000c2';
  const world = sweeping([
    entryOf({ state: 'received', ...OVERDUE }),
    entryOf({ state: 'delivering', contactId: other, ...OVERDUE }),
  ]);
  await sweep({
    ...world.ports,
    sendToRecording: () => Promise.reject(new RetryableError('UNAVAILABLE', 'no answer')),
  });

  assert.deepEqual(world.outcomes, [`failed ${CONTACT_ID}`, `pushed ${other}`]);
});

test('a push is given more time each time; after nearly a day the agent is asked to call back', async () => {
  const world = sweeping([entryOf({ state: 'received', ...OVERDUE })]);
  const waits: number[] = [];
  let nowMs = NOW;
  while (world.ledger.stateOf(CONTACT_ID) !== 'parked') {
    await sweep({ ...world.ports, now: () => nowMs });
    const dueAtMs = world.ledger.kept.get(CONTACT_ID)?.dueAtMs ?? nowMs;
    waits.push((dueAtMs - nowMs) / MINUTE_MS);
    nowMs = dueAtMs + 1;
  }

  assert.deepEqual(waits.slice(0, 6), [5, 10, 20, 40, 60, 60]);
  assert.equal(world.sent.length, MOST_ATTEMPTS + 1);
  assert.deepEqual(world.sent.at(-1), { push: 'deliver', contactId: CONTACT_ID, unrecordable: 'NO_AUDIO' });
  assert.equal(world.outcomes.at(-1), `parked ${CONTACT_ID}`);
  assert.equal(world.ledger.kept.get(CONTACT_ID)?.dueAtMs, undefined);
});

test('a voicemail that was pushed on twice and still is where it was is called stuck', async () => {
  const outcomes: string[] = [];
  for (const attempts of [1, 2]) {
    const world = sweeping([entryOf({ state: 'delivering', attempts, ...OVERDUE })]);
    await sweep(world.ports);
    outcomes.push(...world.outcomes);
  }

  assert.deepEqual(outcomes, [`pushed ${CONTACT_ID}`, `stuck ${CONTACT_ID}`]);
});

/** What is sent for one entry past its due time. */
async function pushOf(changes: Partial<LedgerEntry>): Promise<readonly unknown[]> {
  const world = sweeping([entryOf({ ...changes, ...OVERDUE })]);
  await sweep(world.ports);
  return world.sent;
}

function sweeping(entries: readonly LedgerEntry[]) {
  const ledger = fakeLedger(entries);
  const sent: unknown[] = [];
  const outcomes: string[] = [];
  const standIns = new Map<string, string>();
  const send = async (message: unknown) => void sent.push(message);
  const ports = {
    ...ledger.ports,
    sendToRecording: () => send('recording'),
    sendToTranscription: send,
    transcriptDeadlineMs: 30 * MINUTE_MS,
    sendToDelivery: send,
    async putStandIn(key: string, body: string) {
      if (standIns.has(key)) return 'there-already' as const;
      standIns.set(key, body);
      return 'written' as const;
    },
    onOverdue: (contactId: string, outcome: string) => void outcomes.push(`${outcome} ${contactId}`),
    now: () => NOW,
  };
  return { ledger, sent, outcomes, standIns, ports };
}
