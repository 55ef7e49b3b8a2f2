import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entryOf, voicemailOf } from '../../test/voicemails.ts';
import { CONTACT_ID } from '../../test/contact-record.ts';
import { PermanentError } from './errors.ts';
import {
  isOfLaterVersion,
  LEDGER_SCHEMA_VERSION,
  parseLedgerEntry,
  readableMembers,
} from './ledger-entry.ts';
import { withUnknownMembers } from './voicemail.ts';

const MAILING = { atMs: 1, tries: 1 };

test('an entry is read with the members that this version knows', () => {
  const { voicemail, ...entry } = entryOf({ mailing: MAILING });

  const read = parseLedgerEntry({ ...entry, voicemail, summary: 'a member of a later version' });

  assert.deepEqual({ ...read, voicemail: undefined }, { ...entry, voicemail: undefined });
  assert.equal(isOfLaterVersion({ ...entry, voicemail, summary: 'as above' }), false);
});

test('an entry with an unknown name is from a later version, and cannot be read', () => {
  const { recording } = voicemailOf();
  for (const item of [
    { ...entryOf(), state: 'summarizing' },
    { ...entryOf(), deliveredAs: 'sms' },
    { ...entryOf(), mailing: { ...MAILING, givenUp: 'QUARANTINED' } },
    { ...entryOf(), voicemail: { ...voicemailOf(), recording: { ...recording, kind: 'chime' } } },
  ]) {
    assert.equal(isOfLaterVersion(item), true);
    assert.throws(
      () => parseLedgerEntry(item),
      (error) =>
        error instanceof PermanentError &&
        error.code === 'LATER_VERSION' &&
        !/summarizing|sms|QUARANTINED|chime/.test(error.message),
    );
  }
});

test('a broken entry is not from a later version', () => {
  for (const item of [
    undefined,
    'entry',
    { ...entryOf(), state: 7 },
    { ...entryOf(), voicemail: 'none' },
    { ...entryOf(), attempts: 'many', mailing: [] },
  ]) {
    assert.equal(isOfLaterVersion(item), false);
    assert.throws(
      () => parseLedgerEntry(item),
      (error) => error instanceof PermanentError && error.code === 'MALFORMED_EVENT',
    );
  }
});

test('an entry from before there were versions is read, without the members that came later', () => {
  const { kind: _, ...recording } = { kind: 'kvs', ...voicemailOf().recording };
  const voicemail = { ...voicemailOf(), recording };
  const item = { contactId: CONTACT_ID, state: 'recorded', dueAtMs: 1, voicemail };

  const read = parseLedgerEntry(item);

  assert.equal(isOfLaterVersion(item), false);
  assert.deepEqual(read, { ...item, attempts: 0, voicemail: voicemailOf() });
});

test('an entry of a later version is read if it says nothing new', () => {
  const item = { ...entryOf(), schemaVersion: LEDGER_SCHEMA_VERSION + 1, summary: 'a later member' };

  assert.equal(isOfLaterVersion(item), false);
  assert.deepEqual(parseLedgerEntry(item), entryOf());
});

test('a member in another shape is from a later version if the entry says so, and broken otherwise', () => {
  const item = { ...entryOf(), notes: [{ code: 'NOT_CERTAIN' }] };
  const later = { ...item, schemaVersion: LEDGER_SCHEMA_VERSION + 1 };

  assert.deepEqual([item, later].map(isOfLaterVersion), [false, true]);
  assert.throws(() => parseLedgerEntry(item), { code: 'MALFORMED_EVENT' });
  assert.throws(() => parseLedgerEntry(later), { code: 'LATER_VERSION', message: /notes/ });
});

test('operators read the readable part of an entry of any version', () => {
  const { voicemail: _, ...entry } = entryOf();
  const later = {
    ...entry,
    state: 'summarizing',
    deliveredAs: 'sms',
    notes: 7,
    recordedAtMs: 5,
    voicemail: 'none',
  };

  assert.deepEqual(readableMembers(later), {
    read: { ...entry, state: 'summarizing', deliveredAs: 'sms', recordedAtMs: 5 },
    unreadable: ['voicemail', 'notes'],
  });
  assert.deepEqual(readableMembers('nothing'), { read: { attempts: 0 }, unreadable: ['value'] });
});

test('members that a later version added to a voicemail stay when an older message is written', () => {
  const later = { ...entryOf(), voicemail: { ...voicemailOf(), channel: 'CHAT', queueArn: 'before' } };
  const { voicemail } = parseLedgerEntry(later);

  assert.deepEqual(withUnknownMembers(voicemailOf(), voicemail), { ...voicemailOf(), channel: 'CHAT' });
  assert.equal(withUnknownMembers(voicemailOf({ queueArn: undefined }), voicemail).queueArn, undefined);
});
