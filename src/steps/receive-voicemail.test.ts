import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID } from '../../test/contact-record.ts';
import { fakeLedger } from '../../test/fake-ledger.ts';
import { entryOf, NOW, voicemailOf } from '../../test/voicemails.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import { receiveVoicemail, type ReceiveVoicemailPorts } from './receive-voicemail.ts';

const DAY_MS = 86_400_000;

test('a new voicemail is noted and goes to the recording step', async () => {
  const world = receiving();

  assert.equal(await world.receive(), 'received');

  assert.equal(world.ledger.stateOf(CONTACT_ID), 'received');
  assert.deepEqual(world.sent, ['recording']);
});

test('the same contact record again does nothing', async () => {
  for (const state of ['recorded', 'transcribing', 'delivering', 'delivered', 'blank', 'parked'] as const) {
    const isOver = state === 'delivered' || state === 'parked';
    const world = receiving([entryOf({ state, deliveredAs: isOver ? 'task' : undefined })]);

    assert.equal(await world.receive(), 'known');

    assert.deepEqual(world.sent, []);
  }
});

test('a voicemail that was noted by a run that then crashed is sent to the queue', async () => {
  const world = receiving([entryOf({ state: 'received' })]);

  assert.equal(await world.receive(), 'known');

  assert.deepEqual(world.sent, ['recording']);
});

test('a voicemail that was given up is processed again when its record is sent again', async () => {
  const world = receiving([entryOf({ state: 'parked' })]);

  await world.receive();

  assert.deepEqual(world.sent, ['recording']);
});

test('a flagged call without recording goes to the recipient as a request to call back', async () => {
  const world = receiving();

  await world.receive({ recording: undefined });

  assert.deepEqual(world.sent, [{ push: 'deliver', contactId: CONTACT_ID, unrecordable: 'NO_AUDIO' }]);
});

test('where flows record the interaction, a record without a recording waits for the one that names it', async () => {
  const world = receiving([], { awaitsIvrRecording: true });

  assert.equal(await world.receive({ recording: undefined }), 'received');
  assert.equal(await world.receive(), 'known');

  assert.deepEqual(world.sent, ['recording', 'recording']);
  assert.ok(world.ledger.kept.get(CONTACT_ID)?.voicemail.recording);
  assert.equal(world.ledger.stateOf(CONTACT_ID), 'received');
});

test('a record that names less than an earlier one changes nothing', async () => {
  const world = receiving([entryOf()], { awaitsIvrRecording: true });

  assert.equal(await world.receive({ recording: undefined }), 'known');

  assert.ok(world.ledger.kept.get(CONTACT_ID)?.voicemail.recording);
});

test('a record that arrives after the retention of its call does nothing', async () => {
  const world = receiving();

  assert.equal(await world.receive({ endedAtMs: NOW - 31 * DAY_MS }), 'outdated');

  assert.equal(world.ledger.stateOf(CONTACT_ID), undefined);
  assert.deepEqual(world.sent, []);
});

const LINKED = 'c0ffee00-0000-4000-8000-0000000000c9';

test('a flagged call without recording is passed over if the message belongs to another contact of its chain', async () => {
  const world = receiving([entryOf({ contactId: LINKED, state: 'transcribing' })]);

  assert.equal(await world.receive({ recording: undefined }, ['unknown', LINKED]), 'of-another-contact');

  assert.equal(world.ledger.stateOf(CONTACT_ID), undefined);
  assert.deepEqual(world.sent, []);
});

test('a flagged call whose chain has no voicemail is a request to call back', async () => {
  const world = receiving();

  assert.equal(await world.receive({ recording: undefined }, [LINKED]), 'received');

  assert.equal(world.sent.length, 1);
});

test('a message that is certainly its own is received, and so is one that is in the ledger already', async () => {
  const linked = entryOf({ contactId: LINKED, state: 'delivered' });

  assert.equal(await receiving([linked]).receive(), 'received');
  const known = receiving([linked, entryOf({ state: 'received' })]);
  assert.equal(await known.receive({ recording: undefined }, [LINKED]), 'known');
  assert.equal(known.sent.length, 1);
});

function receiving(
  entries: readonly LedgerEntry[] = [],
  more: Partial<Pick<ReceiveVoicemailPorts, 'awaitsIvrRecording'>> = {},
) {
  const ledger = fakeLedger(entries);
  const sent: unknown[] = [];
  const ports = {
    ...ledger.ports,
    async sendToRecording() {
      sent.push('recording');
    },
    async sendToDelivery(push: unknown) {
      sent.push(push);
    },
    retentionMs: 30 * DAY_MS,
    now: () => NOW,
    ...more,
  };
  const receive = (changes = {}, mayBeOf: readonly string[] = []) =>
    receiveVoicemail({ voicemail: voicemailOf(changes), mayBeOf }, ports);
  return { ledger, sent, receive };
}
