import { laptopWorld } from '../sample-world.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClock } from '../../../clock.ts';
import { createHappenings } from '../../../happenings.ts';
import { contactRecord } from './contact-record.ts';
import { createContacts } from './contacts.ts';
import { type Contact, newContact } from './contact.ts';
import { arnIn, findQueue } from '../world.ts';

const WORLD = laptopWorld();
const BILLING =
  'arn:aws:connect:us-east-1:111122223333:instance/a1b2c3d4-0000-4000-8000-00000000aaaa/queue/b1b1b1b1-0000-4000-8000-00000000b001';
const STREAM =
  'arn:aws:kinesisvideo:us-east-1:111122223333:stream/vm-connect-acme-contact-5e5e5e5e-0000-4000-8000-00000000e001/1767225600000';

/** A real record's shape, with invented values and the members that came since. */
const VOICEMAIL = `{
  "AWSAccountId": "111122223333",
  "AWSContactTraceRecordFormatVersion": "2017-03-10",
  "Agent": null,
  "AgentConnectionAttempts": 0,
  "AnsweringMachineDetectionStatus": null,
  "Attributes": { "vmx3_flag": "1", "vmx3_from": "+15555550142", "customer_tier": "gold" },
  "Campaign": { "CampaignId": null },
  "Channel": "VOICE",
  "ConnectedToSystemTimestamp": "2026-03-04T14:00:02Z",
  "ContactAssociationId": "c0ffee00-0000-4000-8000-0000000000c1",
  "ContactDetails": {},
  "ContactEvaluations": null,
  "ContactId": "c0ffee00-0000-4000-8000-0000000000c1",
  "ContactLens": null,
  "CustomerEndpoint": { "Address": "+15555550142", "Type": "TELEPHONE_NUMBER" },
  "CustomerId": null,
  "CustomerVoiceActivity": null,
  "DisconnectDetails": null,
  "DisconnectReason": "CUSTOMER_DISCONNECT",
  "DisconnectTimestamp": "2026-03-04T14:01:09Z",
  "InitialContactId": null,
  "InitiationMethod": "INBOUND",
  "InitiationTimestamp": "2026-03-04T14:00:02Z",
  "InstanceARN": "arn:aws:connect:us-east-1:111122223333:instance/a1b2c3d4-0000-4000-8000-00000000aaaa",
  "LastPausedTimestamp": null,
  "LastResumedTimestamp": null,
  "LastUpdateTimestamp": "2026-03-04T14:01:40Z",
  "MediaStreams": [{ "Type": "AUDIO" }],
  "NextContactId": null,
  "OutboundStrategy": null,
  "PreviousContactId": null,
  "QualityMetrics": null,
  "Queue": null,
  "Recording": { "DeletionReason": null, "Location": "${STREAM}", "Status": null, "Type": "AUDIO" },
  "Recordings": [
    {
      "DeletionReason": null,
      "FragmentStartNumber": "91343852333181499999999999999900000000000000101",
      "FragmentStopNumber": "91343852333181500000000000000100000000000000212",
      "Location": "${STREAM}",
      "MediaStreamType": "VIDEO",
      "ParticipantType": "CUSTOMER",
      "StartTimestamp": "2026-03-04T14:00:24Z",
      "Status": null,
      "StopTimestamp": "2026-03-04T14:01:09Z",
      "StorageType": "KINESIS_VIDEO_STREAM"
    }
  ],
  "References": [],
  "RelatedContactId": null,
  "ScheduledTimestamp": null,
  "SegmentAttributes": { "connect:Subtype": { "ValueString": "connect:Telephony" } },
  "SystemEndpoint": { "Address": "+15555550100", "Type": "TELEPHONE_NUMBER" },
  "Tags": {
    "aws:connect:instanceId": "a1b2c3d4-0000-4000-8000-00000000aaaa",
    "aws:connect:systemEndpoint": "+15555550100"
  },
  "TotalPauseCount": 0,
  "TotalPauseDurationInSeconds": 0,
  "TransferCompletedTimestamp": null,
  "TransferredToEndpoint": null,
  "VoiceIdResult": null
}`;

test('a voicemail has the record of a real voicemail, with keys in the same order', () => {
  const record = contactRecord(voicemail(), WORLD);

  const documented: unknown = JSON.parse(VOICEMAIL);
  assert.equal(JSON.stringify(record, null, 1), JSON.stringify(documented, null, 1));
});

test('a caller who gave up in the queue has no recording, and the record has null, not a list', () => {
  const record = contactRecord(
    {
      ...voicemail(),
      recordings: [],
      queueStay: {
        queue: billing(),
        enqueuedAtMs: at('14:04:23.900'),
        dequeuedAtMs: at('14:07:55.100'),
      },
    },
    WORLD,
  );

  assert.deepEqual([record['Agent'], record['Recording'], record['Recordings']], [null, null, null]);
  assert.deepEqual(record['Queue'], {
    ARN: BILLING,
    DequeueTimestamp: '2026-03-04T14:07:55Z',
    Duration: 212,
    EnqueueTimestamp: '2026-03-04T14:04:23Z',
    Name: 'Billing',
  });
});

test('if an agent answered, the recording of the talk comes before the message', () => {
  const [user] = WORLD.users;
  assert.ok(user);
  const call = voicemail();

  const record = contactRecord(
    {
      ...call,
      connectionAttempts: 1,
      disconnectReason: 'AGENT_DISCONNECT',
      agent: {
        user,
        connectedAtMs: at('15:06:03'),
        endedAtMs: at('15:09:10'),
        afterContactWorkEndedAtMs: at('15:09:41'),
      },
      recordings: [...call.recordings, { kind: 'file', location: 'acme-connect-recordings/call.wav' }],
    },
    WORLD,
  );

  assert.deepEqual(record['Agent'], {
    ARN: `${WORLD.instanceArn}/agent/d4d4d4d4-0000-4000-8000-00000000d001`,
    AcceptedByAgentTimestamp: null,
    AfterContactWorkDuration: 31,
    AfterContactWorkEndTimestamp: '2026-03-04T15:09:41Z',
    AfterContactWorkStartTimestamp: '2026-03-04T15:09:10Z',
    AgentInitiatedHoldDuration: 0,
    AgentInteractionDuration: 187,
    ConnectedToAgentTimestamp: '2026-03-04T15:06:03Z',
    CustomerHoldDuration: 0,
    HierarchyGroups: null,
    LongestHoldDuration: 0,
    NumberOfHolds: 0,
    PreviewEndTimestamp: null,
    RoutingProfile: {
      ARN: `${WORLD.instanceArn}/routing-profile/e4e4e4e4-0000-4000-8000-00000000e101`,
      Name: 'Basic Routing Profile',
    },
    StateTransitions: null,
    Username: 'ana.ruiz',
  });
  assert.deepEqual(record['Recording'], {
    DeletionReason: null,
    Location: 'acme-connect-recordings/call.wav',
    Status: 'AVAILABLE',
    Type: 'AUDIO',
  });
  assert.match(JSON.stringify(record['Recordings']), /"StorageType":"S3".*"KINESIS_VIDEO_STREAM"/);
});

test('a call back is connected once the customer answers, and carries the attributes of the call', () => {
  const callback: Contact = { ...voicemail(), initiationMethod: 'CALLBACK', recordings: [] };

  const record = contactRecord(callback, WORLD);
  const answered = contactRecord({ ...callback, answeredAtMs: at('14:00:31.500') }, WORLD);

  assert.deepEqual(
    [record['InitiationMethod'], record['ConnectedToSystemTimestamp'], record['Recordings']],
    ['CALLBACK', null, null],
  );
  assert.partialDeepStrictEqual(record['Attributes'], { vmx3_flag: '1' });
  assert.equal(answered['ConnectedToSystemTimestamp'], '2026-03-04T14:00:31Z');
});

test('a task has a record too, chained to its call and without endpoints', () => {
  const task = newContact({
    id: '7a5c0000-0000-4000-8000-00000000a5c1',
    channel: 'TASK',
    initiationMethod: 'API',
    initiatedAtMs: at('14:02:00'),
    previousContactId: 'c0ffee00-0000-4000-8000-0000000000c1',
    initialContactId: 'c0ffee00-0000-4000-8000-0000000000c1',
    references: { Callback: { type: 'STRING', value: '+15555550142' } },
  });

  const record = contactRecord({ ...task, disconnectReason: 'API' }, WORLD);

  const { Channel, InitiationMethod, PreviousContactId, InitialContactId, DisconnectReason } = record;
  assert.deepEqual(
    { Channel, InitiationMethod, PreviousContactId, InitialContactId, DisconnectReason },
    {
      Channel: 'TASK',
      InitiationMethod: 'API',
      PreviousContactId: 'c0ffee00-0000-4000-8000-0000000000c1',
      InitialContactId: 'c0ffee00-0000-4000-8000-0000000000c1',
      DisconnectReason: 'API',
    },
  );
  assert.deepEqual(
    [record['CustomerEndpoint'], record['SystemEndpoint'], record['Recordings']],
    [null, null, null],
  );
  assert.deepEqual(record['ContactDetails'], { Callback: '+15555550142' });
});

test('the recording of the automated part is one of the IVR, and the contact has that media stream', () => {
  const location = 'acme-connect-recordings/ivr/call.wav';
  const times = { startedAtMs: at('14:00:02'), stoppedAtMs: at('14:01:09.999') };

  const record = contactRecord({ ...voicemail(), recordings: [{ kind: 'ivr', location, ...times }] }, WORLD);

  assert.deepEqual(record['MediaStreams'], [{ Type: 'AUDIO' }, { Type: 'AUTOMATED_INTERACTION' }]);
  assert.deepEqual(record['Recordings'], [
    {
      DeletionReason: null,
      FragmentStartNumber: null,
      FragmentStopNumber: null,
      Location: location,
      MediaStreamType: 'AUTOMATED_INTERACTION',
      ParticipantType: 'IVR',
      StartTimestamp: '2026-03-04T14:00:02Z',
      Status: 'AVAILABLE',
      StopTimestamp: '2026-03-04T14:01:09Z',
      StorageType: 'S3',
    },
  ]);
});

const related = (id: string, more: Partial<Contact>) =>
  newContact({ id, channel: 'TASK', initiationMethod: 'API', initiatedAtMs: at('14:02:00'), ...more });

test('contacts that are related have one association, that of the first', () => {
  const contacts = createContacts({
    clock: createClock('real'),
    happenings: createHappenings(),
    sendRecord() {},
  });
  const chain = [
    related('call', {}),
    related('task', { relatedContactId: 'call' }),
    related('moved', { initialContactId: 'task', previousContactId: 'task' }),
    related('guide', { relatedContactId: 'moved' }),
    related('other', {}),
  ];

  for (const contact of chain) contacts.add(contact);

  assert.deepEqual(
    chain.map((contact) => contactRecord(contact, WORLD)['ContactAssociationId']),
    ['call', 'call', 'call', 'call', 'other'],
  );
});

function voicemail(): Contact {
  return newContact({
    id: 'c0ffee00-0000-4000-8000-0000000000c1',
    channel: 'VOICE',
    initiationMethod: 'INBOUND',
    initiatedAtMs: at('14:00:02.990'),
    customerNumber: '+15555550142',
    systemNumber: '+15555550100',
    attributes: new Map([
      ['vmx3_flag', '1'],
      ['vmx3_from', '+15555550142'],
      ['customer_tier', 'gold'],
    ]),
    recordings: [
      {
        kind: 'stream',
        streamArn: STREAM,
        firstFragment: '91343852333181499999999999999900000000000000101',
        lastFragment: '91343852333181500000000000000100000000000000212',
        startedAtMs: at('14:00:24.310'),
        stoppedAtMs: at('14:01:09.999'),
      },
    ],
    endedAtMs: at('14:01:09.999'),
    disconnectReason: 'CUSTOMER_DISCONNECT',
    lastUpdatedAtMs: at('14:01:40.500'),
  });
}

function billing() {
  const queue = findQueue(WORLD, arnIn(WORLD, 'queue', 'b1b1b1b1-0000-4000-8000-00000000b001'));
  assert.ok(queue);
  return queue;
}

/** A time of day on 2026-03-04, UTC. */
function at(time: string): number {
  return Date.parse(`2026-03-04T${time}Z`);
}
