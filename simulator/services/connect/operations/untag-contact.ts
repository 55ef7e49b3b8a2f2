import type { RestOperation } from '../../../gateway/protocols.ts';
import { invalidParameter, permission, requireInstance } from '../input.ts';
import type { ConnectParts } from '../parts.ts';
import { TAG_KEY, MOST_TAGS } from './tag-contact.ts';

/** Takes tags from a contact; tags that it does not have are no error. One that has ended is reported again. */
export function untagContact({ contacts, world }: ConnectParts): RestOperation {
  return {
    name: 'UntagContact',
    method: 'DELETE',
    path: '/contact/tags/{InstanceId}/{ContactId}',
    needs: ({ params: { InstanceId: instanceId, ContactId: contactId } }) => [
      permission('UntagContact', world, { instanceId, resource: `contact/${contactId}` }),
    ],
    answer({ params: { InstanceId: instanceId, ContactId: contactId = '' }, query }) {
      requireInstance(world, instanceId);
      const keys = query.getAll('TagKeys');
      if (keys.length < 1 || keys.length > MOST_TAGS || !keys.every((key) => TAG_KEY.test(key))) {
        throw invalidParameter(`TagKeys must have 1 to ${MOST_TAGS} keys of user-defined tags.`);
      }
      const contact = contacts.require(contactId);
      for (const key of keys) contact.tags.delete(key);
      contacts.changed(contact);
      return {};
    },
  };
}
