import type { ConnectParts } from '../parts.ts';
import { isJsonObject, type RestOperation } from '../../../gateway/protocols.ts';
import { invalidParameter, permission, requireInstance, requireText } from '../input.ts';

/** Source: API reference, TagContact, Tags. The class has a range in it, `+` to `=`: digits are in, space is out. */
export const TAG_KEY = /^(?!aws:)[a-zA-Z+-=._:/]{1,128}$/;
const LONGEST_VALUE = 256;
export const MOST_TAGS = 6;

/** Tags a contact. One that has ended is reported again. */
export function tagContact({ contacts, world }: ConnectParts): RestOperation {
  return {
    name: 'TagContact',
    method: 'POST',
    path: '/contact/tags',
    needs: ({ input: { InstanceId: instanceId, ContactId: contactId } }) => [
      permission('TagContact', world, { instanceId, resource: `contact/${String(contactId)}` }),
    ],
    answer({ input }) {
      requireInstance(world, input['InstanceId']);
      const added = tagsOf(input['Tags']);
      const contact = contacts.require(requireText(input, 'ContactId', { max: 256 }));
      if (new Set([...contact.tags.keys(), ...added.keys()]).size > MOST_TAGS) {
        throw invalidParameter(`A contact may have ${MOST_TAGS} tags.`);
      }
      for (const [key, value] of added) contact.tags.set(key, value);
      contacts.changed(contact);
      return {};
    },
  };
}

function tagsOf(given: unknown): Map<string, string> {
  if (!isJsonObject(given)) throw invalidParameter('Tags is required.');
  const tags = Object.entries(given).map(([key, value]): [string, string] => {
    if (!TAG_KEY.test(key)) throw invalidParameter(`Tag key is not valid: ${key}`);
    if (typeof value !== 'string' || value.length > LONGEST_VALUE) {
      throw invalidParameter(`Tag ${key} may have ${LONGEST_VALUE} characters.`);
    }
    return [key, value];
  });
  if (tags.length === 0) throw invalidParameter('Tags must not be empty.');
  return new Map(tags);
}
