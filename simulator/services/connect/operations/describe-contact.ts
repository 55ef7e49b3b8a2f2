import type { ConnectParts } from '../parts.ts';
import type { JsonObject, RestOperation } from '../../../gateway/protocols.ts';
import { contactTags, endpoint, segmentAttributes } from '../contacts/contact-record.ts';
import { associationIdOf, customerConnectedAtMs, type Contact } from '../contacts/contact.ts';
import { permission, requireInstance } from '../input.ts';
import { arnIn, type World } from '../world.ts';

/**
 * A contact's current state. It has the facts of its record in another form: absent members are left out,
 * and times are numbers of seconds with a fraction.
 */
export function describeContact({ contacts, world }: ConnectParts): RestOperation {
  return {
    name: 'DescribeContact',
    method: 'GET',
    path: '/contacts/{InstanceId}/{ContactId}',
    needs: ({ params: { InstanceId: instanceId, ContactId: contactId } }) => [
      permission('DescribeContact', world, { instanceId, resource: `contact/${contactId}` }),
    ],
    answer({ params: { InstanceId: instanceId, ContactId: contactId = '' } }) {
      requireInstance(world, instanceId);
      return { Contact: described(contacts.require(contactId), world) };
    },
  };
}

function described(contact: Contact, world: World): JsonObject {
  const { agent, queueStay } = contact;
  return {
    Arn: arnIn(world, 'contact', contact.id),
    Id: contact.id,
    InitialContactId: contact.initialContactId,
    PreviousContactId: contact.previousContactId,
    RelatedContactId: contact.relatedContactId,
    ContactAssociationId: associationIdOf(contact),
    InitiationMethod: contact.initiationMethod,
    Name: contact.name,
    Description: contact.description,
    Channel: contact.channel,
    QueueInfo: queueStay && { Id: queueStay.queue.id, EnqueueTimestamp: seconds(queueStay.enqueuedAtMs) },
    AgentInfo: agent && { Id: agent.user.id, ConnectedToAgentTimestamp: seconds(agent.connectedAtMs) },
    InitiationTimestamp: seconds(contact.initiatedAtMs),
    ConnectedToSystemTimestamp: seconds(customerConnectedAtMs(contact)),
    DisconnectTimestamp: seconds(contact.endedAtMs),
    LastUpdateTimestamp: seconds(contact.lastUpdatedAtMs),
    ScheduledTimestamp: seconds(contact.scheduledAtMs),
    CustomerEndpoint: endpoint(contact.customerNumber) ?? undefined,
    SystemEndpoint: endpoint(contact.systemNumber) ?? undefined,
    Tags: contactTags(contact, world),
    SegmentAttributes: segmentAttributes(contact),
    Attributes: Object.fromEntries(contact.attributes),
    Recordings: contact.recordings.map(recording),
    DisconnectReason: contact.disconnectReason,
  };
}

function recording(one: Contact['recordings'][number]): JsonObject {
  if (one.kind !== 'stream') {
    return {
      StorageType: 'S3',
      Location: one.location,
      MediaStreamType: 'AUDIO',
      Status: 'AVAILABLE',
      ...(one.kind === 'ivr' && {
        ParticipantType: 'IVR',
        StartTimestamp: seconds(one.startedAtMs),
        StopTimestamp: seconds(one.stoppedAtMs),
      }),
    };
  }
  return {
    StorageType: 'KINESIS_VIDEO_STREAM',
    Location: one.streamArn,
    MediaStreamType: 'VIDEO',
    ParticipantType: 'CUSTOMER',
    FragmentStartNumber: one.firstFragment,
    FragmentStopNumber: one.lastFragment,
    StartTimestamp: seconds(one.startedAtMs),
    StopTimestamp: seconds(one.stoppedAtMs),
  };
}

function seconds(timeMs: number | undefined): number | undefined {
  return timeMs === undefined ? undefined : timeMs / 1000;
}
