import type { ConnectParts } from '../parts.ts';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { invalidParameter, permission, requireInstance } from '../input.ts';

const MOST_TYPES = 6;

/** The key of each type in the answer, which is a union. */
const UNION_KEYS: Readonly<Record<string, string>> = {
  URL: 'Url',
  NUMBER: 'Number',
  STRING: 'String',
  DATE: 'Date',
  EMAIL: 'Email',
  ATTACHMENT: 'Attachment',
};

/** A contact's references of the types asked for, all on one page. */
export function listContactReferences({ contacts, world }: ConnectParts): RestOperation {
  return {
    name: 'ListContactReferences',
    method: 'GET',
    path: '/contact/references/{InstanceId}/{ContactId}',
    needs: ({ params: { InstanceId: instanceId, ContactId: contactId } }) => [
      permission('ListContactReferences', world, { instanceId, resource: `contact/${contactId}` }),
    ],
    answer({ params: { InstanceId: instanceId, ContactId: contactId = '' }, query }) {
      requireInstance(world, instanceId);
      const types = query.getAll('referenceTypes');
      if (types.length === 0 || types.length > MOST_TYPES) {
        throw invalidParameter(`referenceTypes must name 1 to ${MOST_TYPES} types.`);
      }
      const references = Object.entries(contacts.require(contactId).references);
      return {
        ReferenceSummaryList: references.flatMap(([name, { type, value, arn }]) => {
          const key = UNION_KEYS[type];
          if (key === undefined || !types.includes(type)) return [];
          const file = arn === undefined ? {} : { Status: 'APPROVED', Arn: arn };
          return [{ [key]: { Name: name, Value: value, ...file } }];
        }),
      };
    },
  };
}
