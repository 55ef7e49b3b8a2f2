import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID } from '../../test/contact-record.ts';
import { fakeLedger } from '../../test/fake-ledger.ts';
import { entryOf, MINUTE_MS, NOW, RECORDING_KEY, recordingOf, voicemailOf } from '../../test/voicemails.ts';
import { linkToken } from '../domain/link-token.ts';
import type { SavedRecording } from '../domain/recording-metadata.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import type { FollowUpPush } from '../domain/task-follow-up.ts';
import { noteHeard, openRecording } from './open-recording.ts';

const KEY = { id: 'aaaaaaaa', secret: 'k'.repeat(64) };
const OTHER_KEY = { id: 'aaaaaaaa', secret: 'o'.repeat(64) };
const UNKNOWN_CONTACT = 'c0ffee00-0000-4000-8000-0000000000ff';
const expiresAtMs = NOW + MINUTE_MS;

test('a link leads to the recording of its contact, for the method with which it is opened', async () => {
  const visit = visiting();

  const outcome = await visit.open(linkToken({ contactId: CONTACT_ID, expiresAtMs }, KEY), 'HEAD');

  assert.deepEqual(outcome, { kind: 'open', contactId: CONTACT_ID, url: `HEAD ${RECORDING_KEY}` });
});

test('without a valid signature, a contact is not looked up, and its existence is not revealed', async () => {
  const visit = visiting();
  const forged = [
    linkToken({ contactId: CONTACT_ID, expiresAtMs }, OTHER_KEY),
    linkToken({ contactId: UNKNOWN_CONTACT, expiresAtMs }, OTHER_KEY),
    linkToken({ contactId: CONTACT_ID, expiresAtMs: NOW - 1000 }, OTHER_KEY),
    linkToken({ contactId: CONTACT_ID, expiresAtMs }, { ...OTHER_KEY, id: 'bbbbbbbb' }),
    `${CONTACT_ID}.zzz.aaaaaaaa.`,
    CONTACT_ID,
  ];

  for (const token of forged) assert.deepEqual(await visit.open(token), { kind: 'invalid' });

  assert.deepEqual(visit.lookedUp, []);
});

test('an expired link says so without a look-up', async () => {
  const visit = visiting();

  const outcome = await visit.open(linkToken({ contactId: CONTACT_ID, expiresAtMs: NOW }, KEY));

  assert.deepEqual(outcome, { kind: 'over', contactId: CONTACT_ID, why: 'expired' });
  assert.deepEqual(visit.lookedUp, []);
});

test('a revoked link does not open, nor does one whose recording or entry is gone', async () => {
  const token = linkToken({ contactId: CONTACT_ID, expiresAtMs }, KEY);
  const whyNot = async (...world: Parameters<typeof visiting>) => {
    const outcome = await visiting(...world).open(token);
    return outcome.kind === 'over' && outcome.why;
  };

  assert.equal(await whyNot([entryOf({ linkRevokedAtMs: NOW })]), 'revoked');
  assert.equal(await whyNot([entryOf()], []), 'gone');
  assert.equal(await whyNot([]), 'gone');
  assert.equal(await whyNot([entryOf({ erasedAtMs: NOW })]), 'gone');
});

test('an archived recording is not signed', async () => {
  const token = linkToken({ contactId: CONTACT_ID, expiresAtMs }, KEY);

  for (const archive of ['archived', 'restoring'] as const) {
    const outcome = await visiting([entryOf()], [RECORDING_KEY], { archive }).open(token);
    assert.deepEqual(outcome, { kind: 'archived', contactId: CONTACT_ID, why: archive });
  }
});

test('what was played is reported with its time, once a minute', async () => {
  const visit = visiting();
  const token = linkToken({ contactId: CONTACT_ID, expiresAtMs }, KEY);

  assert.deepEqual(await visit.hear(token), { kind: 'heard', contactId: CONTACT_ID });
  await visit.hear(token);

  const [first, second] = visit.told;
  assert.deepEqual(first?.events, [{ id: `link:${NOW / MINUTE_MS}`, kind: 'heard', at: 'link', atMs: NOW }]);
  assert.equal(second?.events[0]?.id, first?.events[0]?.id);
});

test('nothing is reported for a link that does not open, nor for a test voicemail', async () => {
  const token = linkToken({ contactId: CONTACT_ID, expiresAtMs }, KEY);
  const worlds = [
    visiting([entryOf({ linkRevokedAtMs: NOW })]),
    visiting([entryOf({ voicemail: voicemailOf({ isTest: true }) })]),
    visiting([]),
  ];
  const kinds = await Promise.all(worlds.map(async (world) => (await world.hear(token)).kind));
  assert.deepEqual(kinds, ['over', 'heard', 'over']);
  assert.equal(
    (await worlds[0]?.hear(linkToken({ contactId: CONTACT_ID, expiresAtMs }, OTHER_KEY)))?.kind,
    'invalid',
  );
  assert.deepEqual(
    worlds.flatMap(({ told }) => told),
    [],
  );
});

function visiting(
  entries: readonly LedgerEntry[] = [entryOf()],
  objects: readonly string[] = [RECORDING_KEY],
  more: Partial<SavedRecording> = {},
) {
  const lookedUp: string[] = [];
  const { ports } = fakeLedger(entries);
  const open = (token: string, method: 'GET' | 'HEAD' = 'GET') =>
    openRecording(
      { token, method },
      {
        async findEntry(contactId) {
          lookedUp.push(contactId);
          return ports.findEntry(contactId);
        },
        async findRecordingObject(key) {
          lookedUp.push(key);
          return objects.includes(key) ? { ...recordingOf({ sizeBytes: 44 }), ...more } : undefined;
        },
        linkKeys: async () => [KEY],
        presign: async (key, wanted) => `${wanted} ${key}`,
        now: () => NOW,
      },
    );
  const told: FollowUpPush[] = [];
  const hear = (token: string) =>
    noteHeard(token, {
      findEntry: ports.findEntry,
      linkKeys: async () => [KEY],
      now: () => NOW,
      async tellFollowUp(push) {
        told.push(push);
      },
    });
  return { lookedUp, open, told, hear };
}
