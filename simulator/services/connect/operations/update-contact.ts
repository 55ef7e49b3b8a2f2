import type { JsonObject, RestOperation } from '../../../gateway/protocols.ts';
import { mergeReferences, referencesOf } from '../contacts/references.ts';
import { readExpiryMs, segmentAttributesOf } from '../contacts/task-expiry.ts';
import { findText, invalidRequest, permission, requireInstance } from '../input.ts';
import type { ConnectParts } from '../parts.ts';

/** Only contacts that are imported with their audio have these, and there are none. */
const OF_IMPORTED_CONTACTS = ['QueueInfo', 'UserInfo', 'CustomerEndpoint', 'SystemEndpoint'];

/**
 * Name, description, references and segment attributes of a contact, also of one that has ended, which is reported
 * again. References are added, or replaced by name. A task that waits shows them at once.
 *
 * Not done: a changed `connect:ContactExpiry` is kept, and changes nothing.
 */
export function updateContact({ contacts, world }: ConnectParts): RestOperation {
  return {
    name: 'UpdateContact',
    method: 'POST',
    path: '/contacts/{InstanceId}/{ContactId}',
    needs: ({ params: { InstanceId: instanceId, ContactId: contactId } }) => [
      permission('UpdateContact', world, { instanceId, resource: `contact/${contactId}` }),
    ],
    answer({ params: { InstanceId: instanceId, ContactId: contactId = '' }, input }) {
      requireInstance(world, instanceId);
      const changes = changesOf(input);
      const contact = contacts.require(contactId);
      const references = mergeReferences(contact.references, referencesOf(input));
      Object.assign(contact, changes, {
        references,
        segmentAttributes: { ...contact.segmentAttributes, ...segmentAttributesOf(input) },
      });
      contacts.changed(contact);
      return {};
    },
  };
}

function changesOf(input: JsonObject): { name?: string; description?: string } {
  const name = findText(input, 'Name', { min: 0, max: 1024 });
  const description = findText(input, 'Description', { min: 0, max: 4096 });
  readExpiryMs(segmentAttributesOf(input));
  const imported = OF_IMPORTED_CONTACTS.find((member) => input[member] !== undefined);
  if (imported !== undefined) {
    throw invalidRequest(`${imported} can be updated for contacts with external audio only.`);
  }
  const given = [name, description, input['References'], input['SegmentAttributes']];
  if (given.every((value) => value === undefined)) throw invalidRequest('Nothing to update was given.');
  return { ...(name !== undefined && { name }), ...(description !== undefined && { description }) };
}
