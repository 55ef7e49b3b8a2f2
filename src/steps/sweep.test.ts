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
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import { MOST_ATTEMPTS } from '../domain/ledger.ts';
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

test('a recording whose transcription does not begin is sent there again until the transcript deadline', async () => {
  const world = sweeping([entryOf({ state: 'recorded', attempts: 1, ...OVERDUE })]);

  await sweep(world.ports);

  assert.deepEqual(world.sent, [RECORDING_KEY]);
  assert.equal(world.standIns.size, 0);
});

test('a recording whose transcription did not begin by the deadline is delivered without transcript', async () => {
  const world = sweeping([entryOf({ state: 'recorded', attempts: 1, ...OVERDUE })]);

  await sweep({ ...world.ports, transcriptDeadlineMs: MINUTE_MS / 2 });

  assert.deepEqual(world.sent, []);
  const standIn = readTranscript(world.standIns.get(TRANSCRIPT_KEY) ?? '');
  assert.deepEqual(standIn, { kind: 'gap', gap: 'NOT_STARTED' });
});

test('a recording whose transcription does not begin is checked again when its transcript is due, not long after', async () => {
  const world = sweeping([entryOf({ state: 'recorded', attempts: 2, ...OVERDUE })]);
  const { endedAtMs } = voicemailOf();
  const transcriptDeadlineMs = NOW + MINUTE_MS - endedAtMs;

  await sweep({ ...world.ports, transcriptDeadlineMs });

  assert.deepEqual(world.sent, [RECORDING_KEY]);
  assert.equal(world.ledger.kept.get(CONTACT_ID)?.dueAtMs, NOW + MINUTE_MS);
});

test('an entry that can never be read is given up, and does not block the others', async () => {
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

test('an entry that can neither be read nor given up gets a later due time, and so does one that cannot be checked', async () => {
  const failures = [
    new PermanentError('MALFORMED_EVENT', 'not a ledger entry'),
    new RetryableError('UNAVAILABLE', 'dynamodb:GetItem got no answer'),
    new TypeError('a bug'),
  ];
  for (const failure of failures) {
    const world = sweeping([entryOf(OVERDUE)]);
    const findEntry = () => Promise.reject(failure);

    await sweep({ ...world.ports, findEntry, moveEntry: async () => false });

    assert.deepEqual(world.outcomes, [`failed ${CONTACT_ID}`]);
    assert.equal(world.ledger.kept.get(CONTACT_ID)?.dueAtMs, NOW + 5 * MINUTE_MS);
  }
});

test('an entry that cannot be given up gets a later due time', async () => {
  const world = sweeping([entryOf({ ...OVERDUE, attempts: MOST_ATTEMPTS + 1 })]);

  await sweep({ ...world.ports, moveEntry: async () => false });

  assert.equal(world.ledger.kept.get(CONTACT_ID)?.dueAtMs, NOW + 60 * MINUTE_MS);
});

test('an entry of a later version is checked again in an hour, and not changed', async () => {
  const world = sweeping([entryOf({ ...OVERDUE, attempts: MOST_ATTEMPTS + 1 })]);
  const findOverdue: typeof world.ports.findOverdue = async () => ({
    overdue: [{ contactId: CONTACT_ID, dueAtMs: OVERDUE.dueAtMs, isOfLaterVersion: true }],
  });

  await sweep({ ...world.ports, findOverdue });

  assert.deepEqual(world.outcomes, [`of-later-version ${CONTACT_ID}`]);
  assert.deepEqual(
    world.ledger.kept.get(CONTACT_ID),
    entryOf({ dueAtMs: NOW + 60 * MINUTE_MS, attempts: MOST_ATTEMPTS + 1 }),
  );
});

test('an entry without a later due time is a failure that says both reasons', async () => {
  const world = sweeping([entryOf(OVERDUE)]);
  const failures: unknown[] = [];

  await sweep({
    ...world.ports,
    findEntry: unavailable,
    postpone: unavailable,
    onOverdue: (_, outcome, error) => void failures.push([outcome, error]),
  });

  const [[outcome, error] = []] = failures.map((one) => (Array.isArray(one) ? one : []));
  assert.equal(outcome, 'failed');
  assert.ok(error instanceof AggregateError && error.errors.length === 2);
});

test('thousands of overdue voicemails are pushed on in one sweep, the longest overdue first', async () => {
  const world = sweeping(manyOverdue(2345));

  await sweep(world.ports);

  assert.equal(world.outcomes.length, 2345);
  assert.equal(world.outcomes[0], 'pushed contact-0');
  assert.ok([...world.ledger.kept.values()].every(({ dueAtMs = 0 }) => dueAtMs > NOW));
});

test('a sweep ends before its time-out, and the next one begins with the rest', async () => {
  const world = sweeping(manyOverdue(250));
  let nowMs = NOW;
  const slow = { ...world.ports, now: () => nowMs, sendToRecording: async () => void (nowMs += 300) };

  await sweep(slow);
  const first = world.outcomes.length;
  await sweep(slow);

  assert.equal(first, 134, 'within 40 seconds');
  assert.deepEqual(
    world.outcomes,
    manyOverdue(250).map(({ contactId }) => `pushed ${contactId}`),
  );
});

test('a voicemail that is not due yet is left alone', async () => {
  const world = sweeping([entryOf({ state: 'recorded', dueAtMs: NOW + 1 })]);

  await sweep(world.ports);

  assert.deepEqual(world.outcomes, []);
});

test('a voicemail that cannot be pushed does not block the others', async () => {
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

test('the time between pushes grows; after nearly a day the agent is asked to call back', async () => {
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

test('a voicemail that did not move after two pushes is reported as stuck', async () => {
  const outcomes: string[] = [];
  for (const attempts of [1, 2]) {
    const world = sweeping([entryOf({ state: 'delivering', attempts, ...OVERDUE })]);
    await sweep(world.ports);
    outcomes.push(...world.outcomes);
  }

  assert.deepEqual(outcomes, [`pushed ${CONTACT_ID}`, `stuck ${CONTACT_ID}`]);
});

test('a test voicemail is pushed on like any other, and nobody need look', async () => {
  const voicemail = voicemailOf({ isTest: true });
  const world = sweeping([entryOf({ state: 'delivering', attempts: 5, voicemail, ...OVERDUE })]);

  await sweep(world.ports);

  assert.deepEqual(world.outcomes, [`test ${CONTACT_ID}`]);
  assert.deepEqual(world.sent, [{ push: 'deliver', contactId: CONTACT_ID }]);
});

const unavailable = () => Promise.reject(new RetryableError('UNAVAILABLE', 'no answer'));

/** The first is the longest overdue. */
function manyOverdue(count: number): readonly LedgerEntry[] {
  return Array.from({ length: count }, (_, index) =>
    entryOf({ contactId: `contact-${index}`, dueAtMs: NOW - count + index }),
  );
}

/** The messages for one entry past its due time. */
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
