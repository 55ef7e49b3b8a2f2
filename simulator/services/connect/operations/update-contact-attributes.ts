import type { ConnectParts } from '../parts.ts';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { attributesOf, mergeAttributes } from '../contacts/attributes.ts';
import { permission, requireInstance, requireText } from '../input.ts';

/**
 * Adds attributes to a contact, or overwrites them; "initial" in the name of the
 * parameter means nothing. A contact that has ended is reported again.
 */
export function updateContactAttributes({ contacts, world }: ConnectParts): RestOperation {
  return {
    name: 'UpdateContactAttributes',
    method: 'POST',
    path: '/contact/attributes',
    needs: ({ input: { InstanceId: instanceId, InitialContactId: contactId } }) => [
      permission('UpdateContactAttributes', world, { instanceId, resource: `contact/${String(contactId)}` }),
    ],
    answer({ input }) {
      requireInstance(world, input['InstanceId']);
      const added = attributesOf(input);
      const contact = contacts.require(requireText(input, 'InitialContactId', { max: 256 }));
      mergeAttributes(contact.attributes, added);
      contacts.changed(contact);
      return {};
    },
  };
}
