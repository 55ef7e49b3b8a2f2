import { randomUUID } from 'node:crypto';
import { type EventBridgeEvent, eventTime } from '../../eventbridge/event.ts';
import { contactTags, segmentAttributes } from '../contacts/contact-record.ts';
import { type Contact, customerConnectedAtMs } from '../contacts/contact.ts';
import { arnIn, instanceParts, type World } from '../world.ts';

type Json = Readonly<Record<string, unknown>>;

export type ContactEventType =
  | 'INITIATED'
  | 'CONNECTED_TO_SYSTEM'
  | 'CONTACT_DATA_UPDATED'
  | 'QUEUED'
  | 'CONNECTED_TO_AGENT'
  | 'DISCONNECTED'
  | 'COMPLETED';

/** What CONTACT_DATA_UPDATED can name. Other properties can change on AWS, and cannot here. */
export type UpdatedProperty = 'ScheduledTimestamp' | 'UserDefinedAttributes' | 'Segment Attributes' | 'Tags';

/**
 * A contact event with the contact as it is now. It has neither attributes nor the caller's number.
 *
 * Source: Amazon Connect administrator guide, "Contact events": the data model, and the case of the letters from
 * its samples. Not known: whether `Segment Attributes` has that space.
 */
export function contactEvent(
  contact: Contact,
  eventType: ContactEventType,
  { world, nowMs, updated }: { world: World; nowMs: number; updated?: readonly UpdatedProperty[] },
): EventBridgeEvent {
  const { accountId, region } = instanceParts(world);
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Amazon Connect Contact Event',
    source: 'aws.connect',
    account: accountId,
    time: eventTime(nowMs),
    region,
    resources: [arnIn(world, 'contact', contact.id), world.instanceArn],
    detail: withoutAbsent({
      eventType,
      contactId: contact.id,
      initialContactId: contact.initialContactId,
      previousContactId: contact.previousContactId,
      relatedContactId: contact.relatedContactId,
      channel: contact.channel,
      instanceArn: world.instanceArn,
      initiationMethod: contact.initiationMethod,
      initiationTimestamp: time(contact.initiatedAtMs),
      connectedToSystemTimestamp: time(connectedToSystemAtMs(contact)),
      scheduledTimestamp: time(contact.scheduledAtMs),
      disconnectTimestamp: time(contact.endedAtMs),
      updatedProperties: updated,
      queueInfo: queueInfo(contact),
      agentInfo: agentInfo(contact, world),
      systemEndpoint: systemEndpoint(contact),
      customerId: contact.customerId,
      segmentAttributes: lowerCamel(segmentAttributes(contact)),
      recordings: contact.recordings.length > 0 ? contact.recordings.map(recording) : undefined,
      tags: contactTags(contact, world),
    }),
  };
}

/** A task is connected when its flow runs. */
export function connectedToSystemAtMs(contact: Contact): number | undefined {
  if (contact.channel === 'VOICE') return customerConnectedAtMs(contact);
  return contact.scheduledAtMs ?? contact.initiatedAtMs;
}

function queueInfo({ queueStay }: Contact): Json | undefined {
  if (!queueStay) return undefined;
  const { queue, enqueuedAtMs } = queueStay;
  return {
    queueArn: queue.arn,
    queueType: queue.agent ? 'AGENT' : 'STANDARD',
    enqueueTimestamp: time(enqueuedAtMs),
  };
}

function agentInfo({ agent }: Contact, world: World): Json | undefined {
  if (!agent) return undefined;
  const { user, connectedAtMs, endedAtMs, afterContactWorkEndedAtMs } = agent;
  return {
    agentArn: arnIn(world, 'agent', user.id),
    connectedToAgentTimestamp: time(connectedAtMs),
    ...(endedAtMs !== undefined &&
      afterContactWorkEndedAtMs !== undefined && {
        afterContactWorkStartTimestamp: time(endedAtMs),
        afterContactWorkEndTimestamp: time(afterContactWorkEndedAtMs),
        afterContactWorkDuration: Math.floor((afterContactWorkEndedAtMs - endedAtMs) / 1000),
      }),
  };
}

/** Source: as above, SystemEndpoint: contacts moved to another queue and callbacks have none. */
function systemEndpoint({ systemNumber, initiationMethod }: Contact): Json | undefined {
  if (systemNumber === undefined || initiationMethod !== 'INBOUND') return undefined;
  return { address: systemNumber, type: 'TELEPHONE_NUMBER' };
}

function recording(one: Contact['recordings'][number]): Json {
  if (one.kind === 'stream') {
    return {
      storageType: 'KINESIS_VIDEO_STREAM',
      location: one.streamArn,
      mediaStreamType: 'VIDEO',
      participantType: 'CUSTOMER',
      fragmentStartNumber: one.firstFragment,
      fragmentStopNumber: one.lastFragment,
      startTimestamp: time(one.startedAtMs),
      stopTimestamp: time(one.stoppedAtMs),
    };
  }
  return {
    storageType: 'S3',
    location: one.location,
    mediaStreamType: 'AUDIO',
    status: 'AVAILABLE',
    ...(one.kind === 'ivr' && {
      participantType: 'IVR',
      startTimestamp: time(one.startedAtMs),
      stopTimestamp: time(one.stoppedAtMs),
    }),
  };
}

/** `{ ValueString: … }` becomes `{ valueString: … }`; names of attributes stay. */
function lowerCamel(attributes: Json): Json {
  const renamed = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value).map(([key, inner]) => [
            key.replace(/^Value/, 'value'),
            key === 'ValueMap' ? lowerCamel(inner) : inner,
          ]),
        )
      : value;
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, renamed(value)]));
}

function withoutAbsent(detail: Json): Json {
  return Object.fromEntries(Object.entries(detail).filter(([, value]) => value !== undefined));
}

/** `2026-03-04T14:01:09.120Z` */
function time(timeMs: number | undefined): string | undefined {
  return timeMs === undefined ? undefined : new Date(timeMs).toISOString();
}
