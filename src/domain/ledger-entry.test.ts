import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entryOf, voicemailOf } from '../../test/voicemails.ts';
import { PermanentError } from './errors.ts';
import { isOfLaterVersion, parseLedgerEntry } from './ledger-entry.ts';

const MAILING = { atMs: 1, tries: 1 };

test('an entry is read with the members that this version knows', () => {
  const { voicemail, ...entry } = entryOf({ mailing: MAILING });

  const read = parseLedgerEntry({ ...entry, voicemail, summary: 'a member of a later version' });

  assert.deepEqual({ ...read, voicemail: undefined }, { ...entry, voicemail: undefined });
  assert.equal(isOfLaterVersion({ ...entry, voicemail, summary: 'as above' }), false);
});

test('an entry that names something unknown is of a later version, and cannot be read', () => {
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
      (error) => error instanceof PermanentError && !/summarizing|sms|QUARANTINED|chime/.test(error.message),
    );
  }
});

test('an entry that is broken is not of a later version', () => {
  for (const item of [
    undefined,
    'entry',
    { ...entryOf(), state: 7 },
    { ...entryOf(), voicemail: 'none' },
    { ...entryOf(), attempts: 'many', mailing: [] },
  ]) {
    assert.equal(isOfLaterVersion(item), false);
    assert.throws(() => parseLedgerEntry(item), PermanentError);
  }
});
