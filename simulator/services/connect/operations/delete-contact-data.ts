import type { ConnectParts } from '../parts.ts';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { invalidParameter, permission, requireInstance } from '../input.ts';

const FIELDS = ['CUSTOMER_ENDPOINT', 'ADDITIONAL_EMAIL_RECIPIENTS', 'EMAIL_SUBJECT'];

/**
 * Redacts fields of a contact that has ended, and of its record, which is sent again. That it is sent again is a guess:
 * it is documented of every change. Source: Amazon Connect API reference, DeleteContactData.
 */
export function deleteContactData({ contacts, world }: ConnectParts): RestOperation {
  return {
    name: 'DeleteContactData',
    method: 'POST',
    path: '/contact/delete/{InstanceId}/{ContactId}',
    needs: ({ params: { InstanceId: instanceId, ContactId: contactId } }) => [
      permission('DeleteContactData', world, { instanceId, resource: `contact/${contactId}` }),
    ],
    answer({ params: { InstanceId: instanceId, ContactId: contactId = '' }, input }) {
      requireInstance(world, instanceId);
      const fields = fieldsIn(input['ContactFields']);
      const contact = contacts.require(contactId);
      if (contact.endedAtMs === undefined)
        throw new AwsError('ContactNotTerminatedException', 409, 'The contact has not been terminated.');
      // No channel of these contacts has anything else of the three.
      if (fields.includes('CUSTOMER_ENDPOINT')) delete contact.customerNumber;
      contacts.changed(contact);
      return {};
    },
  };
}

function fieldsIn(value: unknown): readonly unknown[] {
  const fields = Array.isArray(value) ? value : [];
  if (fields.length > 0 && fields.every((one) => typeof one === 'string' && FIELDS.includes(one)))
    return fields;
  throw invalidParameter(`ContactFields must have one or more of ${FIELDS.join(', ')}.`);
}
