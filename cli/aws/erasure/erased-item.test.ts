import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LEDGER_STATES, parseLedgerEntry, readableMembers } from '../../../src/domain/ledger-entry.ts';
import { inboxKeysOf } from '../../../src/domain/ledger-indexes.ts';
import { isWorkable } from '../../../src/domain/ledger.ts';
import { CONTACT_ID } from '../../../test/contact-record.ts';
import { entryOf, NOW } from '../../../test/voicemails.ts';
import { erasedItem } from './erased-item.ts';

const DAY_MS = 86_400_000;
const CANARY = 'Zz9_canary';
const BY = 'arn:aws:sts::111122223333:assumed-role/Operator/ana';

/** An entry in which every text of others is the canary, with members of a later version. */
function item(more: Readonly<Record<string, unknown>> = {}) {
  const { voicemail } = entryOf();
  return {
    ...entryOf({ state: 'delivered', deliveredAs: 'task', deliveredId: 'task-1' }),
    voicemail: {
      ...voicemail,
      from: CANARY,
      mode: CANARY,
      language: CANARY,
      attributes: { vmx3_from: CANARY, [CANARY]: 'x' },
      later: CANARY,
    },
    caller: CANARY,
    callEndedAtMs: NOW,
    inbox: 'waiting',
    inboxPlace: CANARY,
    open: '1',
    dueAtMs: NOW,
    customerName: CANARY,
    recipientName: CANARY,
    notes: [CANARY],
    levels: { peak: 1, rms: 1, soundMs: 1, longestSoundMs: 1, windowMs: 1, waveform: CANARY },
    followUps: [
      { id: 'h', kind: 'handled', at: 'command', atMs: NOW, outcome: 'other', note: CANARY, more: CANARY },
    ],
    followUpVersion: 3,
    later: CANARY,
    expiresAt: 1,
    ...more,
  };
}

function erased(of: ReturnType<typeof item>) {
  const { read } = readableMembers(of);
  assert.ok(read.voicemail);
  return erasedItem({ ...read, voicemail: read.voicemail }, { contactId: CONTACT_ID, atMs: NOW, by: BY });
}

test('an erased entry has nothing that others wrote, also not of a later version', () => {
  const left = erased(item());

  assert.doesNotMatch(JSON.stringify(left), new RegExp(CANARY));
  assert.partialDeepStrictEqual(left, {
    erasedAtMs: NOW,
    erasedBy: BY,
    deliveredId: 'task-1',
    followUps: [{ kind: 'handled', outcome: 'other' }],
    followUpVersion: 4,
  });
  for (const name of ['caller', 'callEndedAtMs', 'inbox', 'inboxPlace', 'open', 'dueAtMs'])
    assert.equal(Object.hasOwn(left, name), false, name);
});

test('in whatever state it was, no step and no index takes it up', () => {
  for (const state of LEDGER_STATES) {
    const entry = parseLedgerEntry(erased(item({ state, deliveredAs: undefined, deliveredId: undefined })));

    assert.equal(isWorkable(entry, ['received', 'recorded', 'transcribing', 'delivering']), false, state);
    // Versions that do not know of erasures go by these.
    assert.deepEqual([entry.state, entry.deliveredAs, entry.returnedAtMs], ['delivered', 'task', NOW]);
    assert.equal(inboxKeysOf(entry), undefined);
  }
});

const until = (state: string) => erased(item({ state, deliveredAs: undefined }))['lateWritesUntilMs'];

test('only of what was on its way a step can store something later', () => {
  assert.ok(Number(until('received')) > NOW + 5 * 60_000);
  assert.deepEqual([until('parked'), until('blank')], [undefined, undefined]);
});

test('the fact is kept longer than Amazon Connect sends contact records again, and as long as it was', () => {
  const { endedAtMs } = entryOf().voicemail;
  assert.ok(Number(erased(item())['expiresAt']) * 1000 > endedAtMs + 731 * DAY_MS);
  assert.equal(erased(item({ expiresAt: 9_000_000_000 }))['expiresAt'], 9_000_000_000);
});
