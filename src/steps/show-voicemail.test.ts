import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID, INSTANCE_ARN } from '../../test/contact-record.ts';
import { fakeLedger } from '../../test/fake-ledger.ts';
import { entryOf, RECORDING_KEY, recordingOf, TRANSCRIPT_KEY, voicemailOf } from '../../test/voicemails.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import { type ShowRequest, showVoicemail, type ShowVoicemailPorts } from './show-voicemail.ts';

const DELIVERED = entryOf({ state: 'delivered', recipientName: 'Billing', notes: ['A note.'] });
const refused = (): Promise<never> => Promise.reject(new PermanentError('REFUSED', 'no'));
const unavailable = (): Promise<never> => Promise.reject(new RetryableError('UNAVAILABLE', 'later'));

test('a delivered voicemail is shown with player, transcript, recipient and notes', async () => {
  const guide = showing([DELIVERED]);

  const { kind, view } = await guide.show();

  assert.equal(kind, 'shown');
  assert.match(view.player, /src='https:\/\/s3\.example\.com\/signed'/);
  assert.partialDeepStrictEqual(view, {
    recipient: 'Billing',
    note: 'A note.',
    duration: '1 s',
    transcript: 'Please call me back.',
  });
  assert.deepEqual(guide.signed, [RECORDING_KEY]);
});

test('for a contact that is unknown, not named or of another instance, it says so and signs nothing', async () => {
  const stranger = entryOf({ state: 'delivered', voicemail: voicemailOf({ instanceArn: 'another' }) });
  const cases: [LedgerEntry[], Partial<ShowRequest>][] = [
    [[], {}],
    [[DELIVERED], { contactId: undefined }],
    [[DELIVERED], { instanceArn: 'another' }],
    [[stranger], {}],
  ];

  for (const [entries, request] of cases) {
    const guide = showing(entries);
    const { kind, view } = await guide.show(request);

    assert.equal(kind, 'unknown');
    assert.equal(view.player, 'This voicemail is not known here, or is no longer kept.');
    assert.deepEqual(guide.signed, []);
  }
});

test('times are in the same zone as in the delivery', async () => {
  const told = showing([{ ...DELIVERED, timeZone: 'Europe/Berlin' }]);
  const untold = showing([DELIVERED]);
  const strange = showing([{ ...DELIVERED, timeZone: 'Mars/Olympus' }]);

  assert.equal((await told.show()).view.received, 'Mar 4, 2026, 3:00 PM, UTC+1 (Europe/Berlin)');
  assert.equal((await untold.show()).view.received, 'Mar 4, 2026, 2:00 PM UTC');
  assert.equal((await strange.show()).view.received, 'Mar 4, 2026, 2:00 PM UTC');
});

test('no URL is signed for a recording that was revoked or has expired', async () => {
  const revoked = showing([{ ...DELIVERED, linkRevokedAtMs: 1 }]);
  const gone = showing([DELIVERED], { findRecordingObject: async () => undefined });
  const never = showing([entryOf({ state: 'parked' })], { findRecordingObject: async () => undefined });

  const players = await Promise.all(
    [revoked, gone, never].map(async (guide) => (await guide.show()).view.player),
  );

  assert.deepEqual(players, [
    'The recording was withdrawn.',
    'The recording is no longer kept.',
    'The message could not be recorded. Please call back.',
  ]);
  assert.deepEqual([revoked.signed, gone.signed, never.signed], [[], [], []]);
});

test('an archived recording is not signed, and the agent reads what to do', async () => {
  const guides = (['archived', 'restoring'] as const).map((archive) =>
    showing([DELIVERED], { findRecordingObject: async () => ({ ...recordingOf(), archive }) }),
  );

  const players = await Promise.all(guides.map(async (guide) => (await guide.show()).view.player));

  assert.deepEqual(players, [
    'The recording is archived. Ask an administrator to have it restored.',
    'The recording is archived, and being restored, which takes some hours.',
  ]);
  assert.deepEqual(
    guides.flatMap(({ signed }) => signed),
    [],
  );
});

test('a transcript that is deleted before its recording is no longer kept, and not late', async () => {
  const none = { findTranscript: async () => undefined, transcriptLifeMs: 1000 };
  const { endedAtMs } = DELIVERED.voicemail;

  const young = showing([DELIVERED], { ...none, now: () => endedAtMs + 1000 });
  const old = showing([DELIVERED], { ...none, now: () => endedAtMs + 1001 });

  assert.match((await young.show()).view.transcript, /took too long/);
  assert.match((await old.show()).view.transcript, /no longer kept/);
});

test('a sentence replaces everything that AWS refuses, and the log reports it', async () => {
  const ledger = showing([DELIVERED], { findEntry: refused });
  const recording = showing([DELIVERED], { findRecordingObject: refused });
  const transcript = showing([DELIVERED], { findTranscript: refused });

  assert.match((await ledger.show()).view.player, /could not be looked up/);
  assert.match((await recording.show()).view.player, /cannot be played/);
  assert.match((await transcript.show()).view.transcript, /could not be read/);
  const setbacks = [ledger, recording, transcript].map((guide) => guide.setbacks.join());
  assert.deepEqual(setbacks, [
    `the ledger could not be read: ${CONTACT_ID}`,
    `the recording could not be found: ${CONTACT_ID}`,
    `the transcript could not be read: ${CONTACT_ID}`,
  ]);
});

test('while AWS throttles, the guide shows its error', async () => {
  for (const failing of [
    { findEntry: unavailable },
    { findRecordingObject: unavailable },
    { findTranscript: unavailable },
  ]) {
    await assert.rejects(showing([DELIVERED], failing).show(), RetryableError);
  }
});

function showing(entries: readonly LedgerEntry[], changes: Partial<ShowVoicemailPorts> = {}) {
  const signed: string[] = [];
  const setbacks: string[] = [];
  const ports: ShowVoicemailPorts = {
    ...fakeLedger(entries).ports,
    findRecordingObject: async () => recordingOf(),
    async findTranscript(key) {
      return key === TRANSCRIPT_KEY ? { kind: 'text', text: 'Please call me back.' } : undefined;
    },
    async presign(key) {
      signed.push(key);
      return 'https://s3.example.com/signed';
    },
    instanceArn: INSTANCE_ARN,
    timeZone: 'UTC',
    now: () => DELIVERED.voicemail.endedAtMs,
    setback: (what, { contactId }) => void setbacks.push(`${what}: ${contactId}`),
    ...changes,
  };
  const asked = { contactId: CONTACT_ID, instanceArn: INSTANCE_ARN, attributeBytes: 0 };
  return {
    signed,
    setbacks,
    show: (request: Partial<ShowRequest> = {}) => showVoicemail({ ...asked, ...request }, ports),
  };
}
