import {
  type AgentTalk,
  associationIdOf,
  type CallRecording,
  customerConnectedAtMs,
  type Contact,
  type IvrRecording,
  type QueueStay,
  type StreamRecording,
} from './contact.ts';
import { arnIn, instanceParts, routingProfileOf, type World } from '../world.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * A contact record as Amazon Connect puts it onto the data stream.
 *
 * What is absent is written as null, keys are in alphabetical order, times are whole seconds, cut off and
 * not rounded. `Agent` is not null if there was an agent. A recording in S3 comes before the one on the
 * video stream, whose type is VIDEO. Real records are the same.
 *
 * Source: Amazon Connect administrator guide, "Data model for Amazon Connect contact records", and published
 * records.
 */
export function contactRecord(contact: Contact, world: World): Json {
  const { accountId } = instanceParts(world);
  return {
    AWSAccountId: accountId,
    AWSContactTraceRecordFormatVersion: '2017-03-10',
    Agent: contact.agent ? agent(contact.agent, world) : null,
    AgentConnectionAttempts: contact.connectionAttempts,
    AnsweringMachineDetectionStatus: null,
    Attributes: Object.fromEntries(contact.attributes),
    Campaign: { CampaignId: null },
    Channel: contact.channel,
    ConnectedToSystemTimestamp: seconds(customerConnectedAtMs(contact)),
    ContactAssociationId: associationIdOf(contact),
    ContactDetails: details(contact),
    ContactEvaluations: null,
    ContactId: contact.id,
    ContactLens: null,
    CustomerEndpoint: endpoint(contact.customerNumber),
    CustomerId: contact.customerId ?? null,
    CustomerVoiceActivity: null,
    DisconnectDetails: null,
    DisconnectReason: contact.disconnectReason ?? null,
    DisconnectTimestamp: seconds(contact.endedAtMs),
    InitialContactId: contact.initialContactId ?? null,
    InitiationMethod: contact.initiationMethod,
    InitiationTimestamp: seconds(contact.initiatedAtMs),
    InstanceARN: world.instanceArn,
    LastPausedTimestamp: null,
    LastResumedTimestamp: null,
    LastUpdateTimestamp: seconds(contact.lastUpdatedAtMs),
    MediaStreams: mediaStreams(contact),
    NextContactId: contact.nextContactId ?? null,
    OutboundStrategy: null,
    PreviousContactId: contact.previousContactId ?? null,
    QualityMetrics: null,
    Queue: contact.queueStay ? queue(contact.queueStay) : null,
    ...recordings(contact),
    References: references(contact),
    RelatedContactId: contact.relatedContactId ?? null,
    ScheduledTimestamp: seconds(contact.scheduledAtMs),
    SegmentAttributes: segmentAttributes(contact),
    SystemEndpoint: endpoint(contact.systemNumber),
    Tags: contactTags(contact, world),
    TotalPauseCount: 0,
    TotalPauseDurationInSeconds: 0,
    TransferCompletedTimestamp: null,
    TransferredToEndpoint: null,
    VoiceIdResult: null,
  };
}

/** The tags that every contact has, and those that it was given. */
export function contactTags({ systemNumber, tags }: Contact, world: World): Record<string, string> {
  return {
    'aws:connect:instanceId': instanceParts(world).instanceId,
    ...(systemNumber !== undefined && { 'aws:connect:systemEndpoint': systemNumber }),
    ...Object.fromEntries(tags),
  };
}

export function segmentAttributes({ channel, segmentAttributes: given }: Contact): Json {
  if (channel !== 'VOICE') return given;
  return { 'connect:Subtype': { ValueString: 'connect:Telephony' }, ...given };
}

export function endpoint(number: string | undefined): Json | null {
  return number === undefined ? null : { Address: number, Type: 'TELEPHONE_NUMBER' };
}

function mediaStreams({ channel, recordings: all }: Contact): readonly Json[] {
  if (channel === 'TASK') return [];
  const own = { Type: channel === 'VOICE' ? 'AUDIO' : 'CHAT' };
  return all.some(({ kind }) => kind === 'ivr') ? [own, { Type: AUTOMATED }] : [own];
}

/** The part of a call before an agent. */
const AUTOMATED = 'AUTOMATED_INTERACTION';

/** The talk with an agent. Holds are 0: nobody puts anybody on hold here. Only campaigns are previewed. */
function agent({ user, connectedAtMs, ...times }: AgentTalk, world: World): Json {
  const { endedAtMs, afterContactWorkEndedAtMs } = times;
  const profile = routingProfileOf(world, user);
  return {
    ARN: arnIn(world, 'agent', user.id),
    AcceptedByAgentTimestamp: null,
    AfterContactWorkDuration: wholeSeconds(endedAtMs, afterContactWorkEndedAtMs),
    AfterContactWorkEndTimestamp: seconds(afterContactWorkEndedAtMs),
    AfterContactWorkStartTimestamp: seconds(endedAtMs),
    AgentInitiatedHoldDuration: 0,
    AgentInteractionDuration: wholeSeconds(connectedAtMs, endedAtMs),
    ConnectedToAgentTimestamp: seconds(connectedAtMs),
    CustomerHoldDuration: 0,
    HierarchyGroups: null,
    LongestHoldDuration: 0,
    NumberOfHolds: 0,
    PreviewEndTimestamp: null,
    RoutingProfile: {
      ARN: arnIn(world, 'routing-profile', profile.id),
      Name: profile.name,
    },
    StateTransitions: null,
    Username: user.username,
  };
}

function queue({ queue: { arn, name }, enqueuedAtMs, dequeuedAtMs }: QueueStay): Json {
  return {
    ARN: arn,
    DequeueTimestamp: seconds(dequeuedAtMs),
    Duration: wholeSeconds(enqueuedAtMs, dequeuedAtMs),
    EnqueueTimestamp: seconds(enqueuedAtMs),
    Name: name ?? null,
  };
}

/** `Recording` is a short copy of the first of the `Recordings`. Both are null if there is none. */
function recordings(contact: Contact): Json {
  const files = contact.recordings.filter((one) => one.kind === 'file').map(callRecording);
  const streams = contact.recordings.filter((one) => one.kind === 'stream').map(streamRecording);
  const ivr = contact.recordings.filter((one) => one.kind === 'ivr').map(ivrRecording);
  const all = [...files, ...ivr, ...streams];
  const [first] = all;
  if (!first) return { Recording: null, Recordings: null };
  return {
    Recording: {
      DeletionReason: null,
      Location: first['Location'],
      Status: first['Status'],
      Type: 'AUDIO',
    },
    Recordings: all,
  };
}

function callRecording({ location }: CallRecording): Json {
  return {
    DeletionReason: null,
    FragmentStartNumber: null,
    FragmentStopNumber: null,
    Location: location,
    MediaStreamType: 'AUDIO',
    ParticipantType: null,
    StartTimestamp: null,
    Status: 'AVAILABLE',
    StopTimestamp: null,
    StorageType: 'S3',
  };
}

function ivrRecording({ location, startedAtMs, stoppedAtMs }: IvrRecording): Json {
  return {
    ...callRecording({ kind: 'file', location }),
    MediaStreamType: AUTOMATED,
    ParticipantType: 'IVR',
    StartTimestamp: seconds(startedAtMs),
    StopTimestamp: seconds(stoppedAtMs),
  };
}

function streamRecording(recording: StreamRecording): Json {
  return {
    DeletionReason: null,
    FragmentStartNumber: recording.firstFragment,
    FragmentStopNumber: recording.lastFragment,
    Location: recording.streamArn,
    MediaStreamType: 'VIDEO',
    ParticipantType: 'CUSTOMER',
    StartTimestamp: seconds(recording.startedAtMs),
    Status: null,
    StopTimestamp: seconds(recording.stoppedAtMs),
    StorageType: 'KINESIS_VIDEO_STREAM',
  };
}

/** Tasks only, and cut to the limits of the data model. */
function details({ references: given }: Contact): Json {
  return Object.fromEntries(
    Object.entries(given).map(([name, { value }]) => [name.slice(0, 128), value.slice(0, 1024)]),
  );
}

function references({ references: given }: Contact): readonly Json[] {
  return Object.entries(given).map(([name, { type, value }]) => ({ Name: name, Type: type, Value: value }));
}

/** `2026-03-04T14:01:09Z` */
function seconds(timeMs: number | undefined): string | null {
  return timeMs === undefined ? null : `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}

/** Between two times as the record shows them: 09.9 to 10.1 is one second. */
function wholeSeconds(fromMs: number | undefined, toMs: number | undefined): number {
  if (fromMs === undefined || toMs === undefined) return 0;
  return Math.floor(toMs / 1000) - Math.floor(fromMs / 1000);
}
