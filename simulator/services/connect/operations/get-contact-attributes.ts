import type { ConnectParts } from '../parts.ts';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { permission, requireInstance } from '../input.ts';

/** A contact's attributes as they are now: those of its whole chain. */
export function getContactAttributes({ contacts, world }: ConnectParts): RestOperation {
  return {
    name: 'GetContactAttributes',
    method: 'GET',
    path: '/contact/attributes/{InstanceId}/{InitialContactId}',
    needs: ({ params: { InstanceId: instanceId, InitialContactId: contactId } }) => [
      permission('GetContactAttributes', world, { instanceId, resource: `contact/${contactId}` }),
    ],
    answer({ params: { InstanceId: instanceId, InitialContactId: contactId = '' } }) {
      requireInstance(world, instanceId);
      return { Attributes: Object.fromEntries(contacts.require(contactId).attributes) };
    },
  };
}
