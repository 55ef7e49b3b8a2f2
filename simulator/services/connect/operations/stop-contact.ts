import type { ConnectParts } from '../parts.ts';
import { isJsonObject, type JsonObject, type RestOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { findText, permission, requireInstance, requireText } from '../input.ts';

/** Ends a contact. A call ends as if the line broke; its audio up to then is kept. */
export function stopContact({ contacts, lines, world }: ConnectParts): RestOperation {
  return {
    name: 'StopContact',
    method: 'POST',
    path: '/contact/stop',
    needs: ({ input: { InstanceId: instanceId, ContactId: contactId } }) => [
      permission('StopContact', world, { instanceId, resource: `contact/${String(contactId)}` }),
    ],
    answer({ input }) {
      requireInstance(world, input['InstanceId']);
      const contact = contacts.find(requireText(input, 'ContactId', { max: 256 }));
      if (!contact || contact.endedAtMs !== undefined) throw contactNotFound();
      // Of a call, what an API ends has no name of its own. Source: "Data model for contact records".
      const reason = reasonOf(input) ?? (contact.channel === 'VOICE' ? 'OTHER' : 'API');
      const line = lines.get(contact.id);
      if (line) line.hangUp(reason);
      else contacts.end(contact, reason);
      return {};
    },
  };
}

function reasonOf({ DisconnectReason: reason }: JsonObject): string | undefined {
  return isJsonObject(reason) ? findText(reason, 'Code', { max: 100 }) : undefined;
}

function contactNotFound(): AwsError {
  const message = 'The contact with the specified ID is not active or does not exist.';
  return new AwsError('ContactNotFoundException', 410, message);
}
