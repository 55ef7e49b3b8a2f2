import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ContactInitiationMethod } from '@aws-sdk/client-connect';
import { contactRecord, INSTANCE_ARN } from '../../test/contact-record.ts';
import { readContactRecord } from './contact-record.ts';
import { EVIDENCE_BY_METHOD } from './flagged-contact.ts';

const BEGAN = '2026-03-04T14:00:02Z';
const BEFORE = '2026-03-04T13:59:00Z';
const LATER = '2026-03-04T14:00:24Z';
const CHAINED = { PreviousContactId: 'c0ffee00-0000-4000-8000-0000000000c0' };
const [CALL_RECORDING, STREAM] = JSON.parse(contactRecord()).Recordings;
const IVR = { ...CALL_RECORDING, ParticipantType: 'IVR', StartTimestamp: BEGAN, StopTimestamp: LATER };

/**
 * The result for a flagged contact with: no audio, only the call recording, audio of its own, audio of the
 * contact before.
 */
const EXPECTED: Readonly<Record<string, readonly [string, string, string, string]>> = {
  INBOUND: ['call back', 'call back', 'message', 'message'],
  WEBRTC_API: ['call back', 'call back', 'message', 'message'],
  TRANSFER: ['call back', 'call back', 'message', 'call back'],
  QUEUE_TRANSFER: ['call back', 'call back', 'message', 'call back'],
  API: ['call back', 'call back', 'message', 'call back'],
  DISCONNECT: ['none', 'none', 'message', 'none'],
  CALLBACK: ['none', 'none', 'message', 'none'],
  CALLBACK_CUSTOMER_FIRST_QUEUED: ['none', 'none', 'message', 'none'],
  CALLBACK_CUSTOMER_FIRST_DIALED: ['none', 'none', 'message', 'none'],
  OUTBOUND: ['none', 'none', 'message', 'none'],
  EXTERNAL_OUTBOUND: ['none', 'none', 'message', 'none'],
  MONITOR: ['none', 'none', 'message', 'none'],
  AGENT_REPLY: ['none', 'none', 'message', 'none'],
  FLOW: ['none', 'none', 'message', 'none'],
  /** A method that Amazon Connect may have next year, and a record without method. */
  HOLOGRAM: ['call back', 'call back', 'message', 'message'],
  '': ['call back', 'call back', 'message', 'message'],
};

for (const [method, [silent, callRecorded, own, ofTheOneBefore]] of Object.entries(EXPECTED)) {
  test(`a flagged contact of the method "${method}" is a voicemail depending on its audio`, () => {
    const became = (Recordings: unknown) =>
      becomes({ ...CHAINED, InitiationMethod: method, ConnectedToSystemTimestamp: BEGAN, Recordings });

    assert.equal(became(null), silent);
    assert.equal(became([]), silent);
    assert.equal(became([CALL_RECORDING]), callRecorded);
    assert.equal(became([CALL_RECORDING, STREAM]), own);
    assert.equal(became([IVR]), own);
    assert.equal(became([{ ...STREAM, StartTimestamp: BEFORE, StopTimestamp: BEGAN }]), ofTheOneBefore);
  });
}

test('every method that the API knows is in the table, and every method of the table is tested', () => {
  for (const method of Object.values(ContactInitiationMethod)) assert.ok(EVIDENCE_BY_METHOD.has(method));
  for (const method of EVIDENCE_BY_METHOD.keys()) assert.ok(EXPECTED[method], method);
});

test('a message that began before its contact is another contact’s, except for a call from outside', () => {
  for (const method of ['TRANSFER', 'QUEUE_TRANSFER', 'API', 'CALLBACK', 'DISCONNECT']) {
    assert.equal(inherited(method, null), 'none', method);
    assert.equal(inherited(method, [IVR]), 'none', method);
    assert.equal(inherited(method, [STREAM]), 'message', method);
  }
  for (const method of ['INBOUND', 'WEBRTC_API', 'HOLOGRAM']) {
    assert.equal(inherited(method, null), 'call back', method);
    assert.equal(inherited(method, [IVR]), 'message', method);
  }
});

test('a person whom a program called and who did not answer has left no message', () => {
  assert.equal(
    becomes({ InitiationMethod: 'API', ConnectedToSystemTimestamp: null, Recordings: null }),
    'none',
  );
});

test('a contact with a stream without known fragments is still a caller to call back', () => {
  const Recordings = [{ ...STREAM, FragmentStartNumber: null, FragmentStopNumber: null }];

  assert.equal(becomes({ InitiationMethod: 'CALLBACK', Recordings }), 'call back');
});

test('a recording without times counts as the contact’s own', () => {
  const Recordings = [{ ...STREAM, StartTimestamp: null, StopTimestamp: null }];

  assert.equal(becomes({ InitiationMethod: 'CALLBACK', Recordings }), 'message');
});

test('the message of a transferred call is its own, also if the record names the contact before', () => {
  const before = { ...STREAM, Location: 'another', StartTimestamp: BEFORE, StopTimestamp: BEGAN };
  const finding = read({ InitiationMethod: 'TRANSFER', Recordings: [STREAM, before] });

  assert.ok(finding?.kind === 'voicemail');
  assert.partialDeepStrictEqual(finding.voicemail.recording, { kind: 'kvs', streamArn: STREAM.Location });
});

test('a contact that is passed over is named with its reason, and its method only if it looks like one', () => {
  const agent = { Username: 'ana.ruiz' };

  assert.partialDeepStrictEqual(read({ InitiationMethod: 'INBOUND', Agent: agent }), {
    kind: 'passed-over',
    reason: 'TAKEN_BY_AGENT',
    initiationMethod: 'INBOUND',
  });
  assert.partialDeepStrictEqual(read({ InitiationMethod: '+15555550142', Agent: agent }), {
    initiationMethod: 'unknown',
  });
});

test('if nothing is certain, the message may belong to a contact of the same chain, each once, never itself', () => {
  const { ContactId: itself } = JSON.parse(contactRecord());
  const finding = read({
    Recordings: null,
    InitialContactId: itself,
    PreviousContactId: 'a',
    NextContactId: 'a',
    RelatedContactId: 'not an id!',
  });

  assert.ok(finding?.kind === 'voicemail');
  assert.deepEqual(finding.mayBeOf, ['a']);
});

test('a stream is certainly the contact’s own message; an IVR recording is if the flow noted that it began there', () => {
  const noted = { vmx3_flag: '1', vmx3_timestamp: LATER };

  for (const InitiationMethod of ['CALLBACK', 'TRANSFER', 'DISCONNECT']) {
    assert.equal(othersOf({ InitiationMethod, Recordings: [STREAM] }), 0);
    assert.equal(othersOf({ InitiationMethod, Recordings: [IVR] }), 1);
    assert.equal(othersOf({ InitiationMethod, Recordings: [IVR], Attributes: noted }), 0);
  }
  assert.equal(othersOf({ InitiationMethod: 'INBOUND', Recordings: [IVR] }), 0);
  assert.equal(othersOf({ InitiationMethod: 'INBOUND', Recordings: null }), 1);
});

function read(changes: Record<string, unknown>) {
  return readContactRecord(contactRecord(changes), { instanceArn: INSTANCE_ARN, language: 'en-US' });
}

function becomes(changes: Record<string, unknown>): 'message' | 'call back' | 'none' {
  const finding = read(changes);
  if (finding?.kind !== 'voicemail') return 'none';
  return finding.voicemail.recording ? 'message' : 'call back';
}

/** A contact whose flow noted that the message began before it. */
function inherited(InitiationMethod: string, Recordings: unknown) {
  return becomes({
    Attributes: { vmx3_flag: '1', vmx3_timestamp: BEFORE },
    InitiationMethod,
    ConnectedToSystemTimestamp: BEGAN,
    Recordings,
  });
}

/** To how many other contacts of its chain the message may belong. */
function othersOf(changes: Record<string, unknown>): number | undefined {
  const finding = read({ ...CHAINED, ...changes });
  return finding?.kind === 'voicemail' ? finding.mayBeOf.length : undefined;
}
