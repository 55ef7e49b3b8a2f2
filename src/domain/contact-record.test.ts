import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  BILLING_ARN,
  CONTACT_ID,
  INSTANCE_ARN,
  STREAM_ARN,
  contactRecord,
} from '../../test/contact-record.ts';
import { contactIdInRecord, readContactRecord } from './contact-record.ts';
import { PermanentError } from './errors.ts';
import { callerNumber } from './phone-number.ts';

const DEFAULTS = { instanceArn: INSTANCE_ARN, language: 'en-GB' };

function voicemailIn(json: string) {
  const finding = readContactRecord(json, DEFAULTS);
  return finding?.kind === 'voicemail' ? finding.voicemail : undefined;
}

test('a flagged call that no agent took is a voicemail', () => {
  const voicemail = voicemailIn(contactRecord());

  assert.deepEqual(
    { ...voicemail, attributes: undefined, recording: undefined },
    {
      contactId: CONTACT_ID,
      instanceArn: INSTANCE_ARN,
      calledAtMs: Date.parse('2026-03-04T14:00:02Z'),
      endedAtMs: Date.parse('2026-03-04T14:01:09Z'),
      from: '+15555550142',
      queueArn: BILLING_ARN,
      language: 'en-US',
      mode: 'task',
      recording: undefined,
      attributes: undefined,
    },
  );
  assert.equal(voicemail?.attributes['customer_tier'], 'gold');
  assert.partialDeepStrictEqual(voicemail?.recording, { kind: 'kvs', streamArn: STREAM_ARN });
});

test('what the flow did not set comes from the call, then from the configuration', () => {
  const queue = { ARN: `${INSTANCE_ARN}/queue/other`, Name: 'Other' };
  const voicemail = voicemailIn(contactRecord({ Attributes: { vmx3_flag: '1' }, Queue: queue }));

  assert.equal(voicemail?.from, '+15555550142');
  assert.equal(voicemail?.queueArn, queue.ARN);
  assert.equal(voicemail?.language, 'en-GB');
  assert.equal(voicemail?.mode, undefined);
});

test('an empty attribute is an absent one', () => {
  const Attributes = { vmx3_flag: '1', vmx3_from: '', vmx3_queue_arn: ' ', vmx3_lang: '', vmx3_mode: '' };
  const voicemail = voicemailIn(contactRecord({ Attributes }));
  const blank = voicemailIn(contactRecord({ Attributes: { ...Attributes, vmx3_lang: ' ' } }));

  assert.equal(voicemail?.from, '+15555550142');
  assert.equal(voicemail?.queueArn, undefined);
  assert.equal(voicemail?.language, 'en-GB');
  assert.equal(blank?.language, 'en-GB');
});

test('a number attribute without visible characters counts as empty', () => {
  for (const vmx3_from of [' ', '\u200E', '\u00A0\n']) {
    const voicemail = voicemailIn(contactRecord({ Attributes: { vmx3_flag: '1', vmx3_from } }));

    assert.equal(voicemail?.from, '+15555550142');
  }
});

test('a caller without number, or without endpoint, is still heard', () => {
  for (const CustomerEndpoint of [null, { Address: null }, { Address: '' }]) {
    const voicemail = voicemailIn(contactRecord({ Attributes: { vmx3_flag: '1' }, CustomerEndpoint }));

    assert.equal(voicemail?.contactId, CONTACT_ID);
    assert.equal(callerNumber(voicemail?.from).kind, 'withheld');
  }
});

test('a flagged call without any recording is still a voicemail: the caller believes so', () => {
  for (const Recordings of [null, [], undefined]) {
    const voicemail = voicemailIn(contactRecord({ Recordings }));

    assert.equal(voicemail?.contactId, CONTACT_ID);
    assert.equal(voicemail?.recording, undefined);
  }
});

test('an empty member means the same as an absent one', () => {
  const [callRecording, kvsRecording] = JSON.parse(contactRecord()).Recordings;
  const voicemail = voicemailIn(
    contactRecord({
      Agent: {},
      DisconnectTimestamp: '',
      Recordings: [
        { ...callRecording, StartTimestamp: '' },
        { ...kvsRecording, StopTimestamp: '' },
      ],
    }),
  );

  assert.deepEqual(
    { ...voicemail?.recording, fragmentStartNumber: '', fragmentStopNumber: '' },
    {
      kind: 'kvs',
      streamArn: STREAM_ARN,
      fragmentStartNumber: '',
      fragmentStopNumber: '',
      startMs: Date.parse('2026-03-04T14:00:24Z'),
      stopMs: voicemail?.calledAtMs,
    },
  );
});

const OTHERS: Record<string, Record<string, unknown>> = {
  'a call that an agent took': { Agent: { Username: 'ana.ruiz' } },
  'a call that was not flagged': { Attributes: {} },
  'a call whose flag was reset': { Attributes: { vmx3_flag: '0' } },
  'a task': { Channel: 'TASK' },
  'a call of another instance': { InstanceARN: `${INSTANCE_ARN}b` },
};
for (const [name, changes] of Object.entries(OTHERS)) {
  test(`${name} is no voicemail`, () => {
    assert.equal(voicemailIn(contactRecord(changes)), undefined);
  });
}

test('an invalid record is refused with the member’s name and without its value', () => {
  const malformed = contactRecord({ InitiationTimestamp: 'yesterday from +15555550142' });

  assert.throws(
    () => voicemailIn(malformed),
    (error) =>
      error instanceof PermanentError &&
      error.code === 'MALFORMED_EVENT' &&
      error.message.includes('InitiationTimestamp') &&
      !error.message.includes('5555'),
  );
});

test('a refused record is still named by its contact, if that is a contact id', () => {
  const refused = contactRecord({ ContactId: 'c0ffee00-1', InitiationTimestamp: 'yesterday' });

  assert.equal(contactIdInRecord(refused), 'c0ffee00-1');
  for (const json of [contactRecord({ ContactId: '+1 555' }), '{"ContactId":5}', 'null', 'no JSON']) {
    assert.equal(contactIdInRecord(json), undefined);
  }
});

test('anything at all is a voicemail, some other contact, or a permanent error', () => {
  const anything = fc.oneof(
    fc.string(),
    fc.json(),
    fc.object().map((changes) => contactRecord(changes)),
  );

  fc.assert(
    fc.property(anything, (json) => {
      try {
        voicemailIn(json);
      } catch (error) {
        assert.ok(error instanceof PermanentError);
      }
    }),
  );
});

/**
 * Of all channels, in November 2026; `OUTBUND` is theirs.
 *
 * Source: Amazon Connect administrator guide, "Data model for contact records".
 */
const DISCONNECT_REASONS = [
  'CUSTOMER_DISCONNECT',
  'AGENT_DISCONNECT',
  'THIRD_PARTY_DISCONNECT',
  'TELECOM_BUSY',
  'TELECOM_NUMBER_INVALID',
  'TELECOM_POTENTIAL_BLOCKING',
  'TELECOM_UNANSWERED',
  'TELECOM_TIMEOUT',
  'TELECOM_ORIGINATOR_CANCEL',
  'TELECOM_PROBLEM',
  'CUSTOMER_NEVER_ARRIVED',
  'BARGED',
  'CONTACT_FLOW_DISCONNECT',
  'OTHER',
  'OUTBOUND_DESTINATION_ENDPOINT_ERROR',
  'OUTBOUND_RESOURCE_ERROR',
  'OUTBOUND_ATTEMPT_FAILED',
  'OUTBUND_PREVIEW_DISCARDED',
  'EXPIRED',
  'IDLE_DISCONNECT',
  'SYSTEM_ERROR',
  'AGENT_COMPLETED',
  'A_REASON_OF_NEXT_YEAR',
  '',
  null,
  7,
];

test('whatever the reason a call ended for, a voicemail is one', () => {
  const usual = readContactRecord(contactRecord(), DEFAULTS);
  assert.equal(usual?.kind, 'voicemail');

  for (const DisconnectReason of DISCONNECT_REASONS)
    assert.deepEqual(readContactRecord(contactRecord({ DisconnectReason }), DEFAULTS), usual);
});

test('members that are new in 2026 change nothing', () => {
  const usual = readContactRecord(contactRecord(), DEFAULTS);
  const newer = {
    ContactAssociationId: CONTACT_ID,
    ContactEvaluations: { f1: { FormId: 'f1', Status: 'COMPLETE', StartTimestamp: '2026-03-04T15:00:00Z' } },
    ContactLens: {
      ConversationalAnalytics: { Configuration: { Enabled: true, LanguageLocales: ['en-US'] } },
    },
    MediaStreams: [{ Type: 'AUDIO' }, { Type: 'AUTOMATED_INTERACTION' }],
    NextContacts: [{ Type: 'QUICK_CONNECT', NextContactMetadata: {} }],
    OutboundStrategy: { Type: 'AGENT_FIRST', Config: { AgentFirst: { Preview: {} } } },
    RingStartTimestamp: '2026-03-04T14:00:01Z',
    TaskTemplateInfo: { Arn: INSTANCE_ARN, Name: 'Callback' },
  };

  assert.deepEqual(readContactRecord(contactRecord(newer), DEFAULTS), usual);
  for (const name of Object.keys(newer))
    for (const odd of [null, 'text', 7, []])
      assert.deepEqual(readContactRecord(contactRecord({ [name]: odd }), DEFAULTS), usual);
});

test('a recording of the automated interaction is found by its participant, whatever its media stream and status', () => {
  const ivr = {
    DeletionReason: null,
    FragmentStartNumber: null,
    FragmentStopNumber: null,
    Location: 'acme-connect-recordings/connect/acme/ivr/c1.wav',
    ParticipantType: 'IVR',
    StartTimestamp: '2026-03-04T14:00:02Z',
    StopTimestamp: '2026-03-04T14:01:09Z',
    StorageType: 'S3',
  };

  for (const MediaStreamType of ['AUTOMATED_INTERACTION', 'AUDIO', null])
    for (const Status of ['AVAILABLE', 'DELETED', null]) {
      const { recording } =
        voicemailIn(contactRecord({ Recordings: [{ ...ivr, MediaStreamType, Status }] })) ?? {};
      assert.partialDeepStrictEqual(recording, { kind: 's3', bucket: 'acme-connect-recordings' });
    }
});
