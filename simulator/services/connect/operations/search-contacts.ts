import { z } from 'zod';
import { isJsonObject, type JsonObject, type RestOperation } from '../../../gateway/protocols.ts';
import { contactTags, segmentAttributes } from '../contacts/contact-record.ts';
import type { Contact } from '../contacts/contact.ts';
import { permission, requireInstance } from '../input.ts';
import { connectPage } from '../page.ts';
import type { ConnectParts } from '../parts.ts';
import { contactCriteria, timeOf, timeRange } from '../search/contact-criteria.ts';
import { criteriaOf, parsed } from '../search/criteria.ts';
import { arnIn, type World } from '../world.ts';

const MOST_RESULTS = 100;

const Sort = z
  .strictObject({
    FieldName: z.enum([
      'INITIATION_TIMESTAMP',
      'SCHEDULED_TIMESTAMP',
      'CONNECTED_TO_AGENT_TIMESTAMP',
      'DISCONNECT_TIMESTAMP',
      'INITIATION_METHOD',
      'CHANNEL',
    ]),
    Order: z.enum(['ASCENDING', 'DESCENDING']),
  })
  .default({ FieldName: 'INITIATION_TIMESTAMP', Order: 'DESCENDING' });

/**
 * Contacts by a time, and by more if asked. Contacts without the time that they are sorted by come last.
 *
 * Not as on AWS: every contact attribute can be searched for, also those that no administrator has enabled for that;
 * values are compared whole, letter by letter; a contact is found at once. Not known: how long a time range may be,
 * and the order if none is asked for.
 *
 * Source: API reference, SearchContacts; administrator guide, "Search for completed and in-progress contacts", for calls
 * in progress.
 */
export function searchContacts({ contacts, world }: ConnectParts): RestOperation {
  const name = 'SearchContacts';
  return {
    name,
    method: 'POST',
    path: '/search-contacts',
    needs: ({ input: { InstanceId: instanceId, SearchCriteria: criteria } }) => [
      permission(name, world, { instanceId }),
      // Source: API reference, SearchCriteria.
      ...(isJsonObject(criteria) && 'SearchableContactAttributes' in criteria
        ? [permission('GetContactAttributes', world, { instanceId, resource: 'contact/*' })]
        : []),
    ],
    answer({ input }) {
      requireInstance(world, input['InstanceId']);
      const isInTime = timeRange(input['TimeRange']);
      const isMeant = criteriaOf(input['SearchCriteria'] ?? {}, contactCriteria(world));
      const found = contacts.all().filter((one) => isShown(one) && isInTime(one) && isMeant(one));
      const asked = { nextToken: input['NextToken'], maxResults: input['MaxResults'] };
      const sorted = inOrder(found, parsed(Sort, input['Sort'] ?? undefined));
      const { items, ...rest } = connectPage(sorted, { of: name, most: MOST_RESULTS, asked });
      return { Contacts: items.map((one) => summaryOf(one, world)), TotalCount: found.length, ...rest };
    },
  };
}

/** A call that rings or waits in a queue is not found yet. */
function isShown({ channel, agent, endedAtMs }: Contact): boolean {
  return channel !== 'VOICE' || agent !== undefined || endedAtMs !== undefined;
}

function inOrder(
  contacts: readonly Contact[],
  { FieldName, Order }: z.infer<typeof Sort>,
): readonly Contact[] {
  const valueOf = (contact: Contact): number | string | undefined => {
    if (FieldName === 'CHANNEL') return contact.channel;
    if (FieldName === 'INITIATION_METHOD') return contact.initiationMethod;
    return timeOf(contact, FieldName);
  };
  const sign = Order === 'ASCENDING' ? 1 : -1;
  return contacts.toSorted((one, other) => {
    const [a, b] = [valueOf(one), valueOf(other)];
    if (a === b) return 0;
    if (a === undefined) return 1;
    if (b === undefined) return -1;
    return a < b ? -sign : sign;
  });
}

function summaryOf(contact: Contact, world: World): JsonObject {
  const { agent, queueStay } = contact;
  return {
    Arn: arnIn(world, 'contact', contact.id),
    Id: contact.id,
    InitialContactId: contact.initialContactId,
    PreviousContactId: contact.previousContactId,
    InitiationMethod: contact.initiationMethod,
    Channel: contact.channel,
    QueueInfo: queueStay && { Id: queueStay.queue.id, EnqueueTimestamp: queueStay.enqueuedAtMs / 1000 },
    AgentInfo: agent && { Id: agent.user.id, ConnectedToAgentTimestamp: agent.connectedAtMs / 1000 },
    InitiationTimestamp: contact.initiatedAtMs / 1000,
    DisconnectTimestamp: contact.endedAtMs && contact.endedAtMs / 1000,
    ScheduledTimestamp: contact.scheduledAtMs && contact.scheduledAtMs / 1000,
    SegmentAttributes: segmentAttributes(contact),
    Name: contact.name,
    Tags: contactTags(contact, world),
  };
}
