import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID } from '../../test/contact-record.ts';
import { fakeLedger } from '../../test/fake-ledger.ts';
import { entryOf, NOW } from '../../test/voicemails.ts';
import type { MailEvent } from '../domain/queue-messages.ts';
import { noteMailEvent } from './note-mail-event.ts';

const EVENT: MailEvent = { kind: 'Send', contactId: CONTACT_ID, messageId: 'mail-1' };

function noting() {
  const mailing = { atMs: NOW, tries: 1 };
  const ledger = fakeLedger([entryOf({ state: 'delivering', mailing })]);
  const lost: MailEvent[] = [];
  const note = (event: MailEvent) =>
    noteMailEvent(event, { ...ledger.ports, onMailLost: (one) => void lost.push(one) });
  return { ledger, lost, note };
}

test('a sent mail is noted, without a report', async () => {
  const { ledger, lost, note } = noting();

  await note(EVENT);

  assert.equal(ledger.kept.get(CONTACT_ID)?.mailing?.messageId, 'mail-1');
  assert.deepEqual(lost, []);
});

test('a mail that is not ours is ignored', async () => {
  const { ledger, note } = noting();

  await note({ kind: 'Send', messageId: 'mail-2' });

  assert.equal(ledger.kept.get(CONTACT_ID)?.mailing?.messageId, undefined);
});

test('a bounced mail is reported', async () => {
  const { ledger, lost, note } = noting();

  await note({ ...EVENT, kind: 'Bounce' });

  assert.equal(ledger.kept.get(CONTACT_ID)?.mailing?.messageId, undefined);
  assert.equal(lost.length, 1);
});
