import {
  ConnectClient,
  DeleteContactDataCommand,
  GetContactAttributesCommand,
  UpdateContactAttributesCommand,
} from '@aws-sdk/client-connect';
import { nameOf } from '../../../src/adapters/aws-errors.ts';
import { contactAttributes, type ContactAttributeName } from '../../../src/domain/contact-attributes.ts';
import { type AskedPlace, askAws } from '../ask-aws.ts';
import { PATIENT } from '../patience.ts';

/** What happened to a contact in Amazon Connect. */
type ContactErased =
  | {
      readonly kind: 'erased';
      /** Names of attributes that are not ours, and stay. */
      readonly others: readonly string[];
    }
  | { readonly kind: 'not-ended' }
  /** Amazon Connect does not know it any more. */
  | { readonly kind: 'gone' };

/** Everything throws RefusedError, in words. */
export interface ContactData {
  /** Has Amazon Connect forget the number of a contact, if it has one, and empties our attributes on it. */
  readonly erase: (contactId: string, what: { readonly hasNumber: boolean }) => Promise<ContactErased>;
}

/** They say how a voicemail goes, and for whom it is. */
const NOT_PERSONAL: ReadonlySet<string> = new Set<ContactAttributeName>([
  'vmx3_flag',
  'vmx3_mode',
  'vmx3_queue_arn',
  'vmx3_preferred_agent',
  'vmx3_preferred_agent_id',
  'vmx3_target',
  'vmx3_lang',
  'vmx3_timestamp',
  'vmx3_guided_task_flow',
  'vmx3_task_flow',
  'vmx3_test',
  'vmx3_contact_id',
]);
const OURS: ReadonlySet<string> = new Set(contactAttributes().map(([name]) => name));

export function contactData(instanceArn: string, place: AskedPlace): ContactData {
  const connect = new ConnectClient({ ...place, ...PATIENT });
  const InstanceId = instanceArn.slice(instanceArn.lastIndexOf('/') + 1);

  async function deleteNumber(ContactId: string): Promise<'deleted' | 'not-ended' | 'gone'> {
    const command = new DeleteContactDataCommand({
      InstanceId,
      ContactId,
      ContactFields: ['CUSTOMER_ENDPOINT'],
    });
    return askAws('connect:DeleteContactData', place, async () => {
      try {
        await connect.send(command);
        return 'deleted';
      } catch (error) {
        const name = error instanceof Error ? nameOf(error) : '';
        if (name === 'ContactNotTerminatedException') return 'not-ended';
        if (name === 'ResourceNotFoundException') return 'gone';
        throw error;
      }
    });
  }

  async function attributesOf(
    InitialContactId: string,
  ): Promise<Readonly<Record<string, string>> | undefined> {
    const command = new GetContactAttributesCommand({ InstanceId, InitialContactId });
    return askAws('connect:GetContactAttributes', place, async () => {
      try {
        return (await connect.send(command)).Attributes ?? {};
      } catch (error) {
        if (error instanceof Error && nameOf(error) === 'ResourceNotFoundException') return undefined;
        throw error;
      }
    });
  }

  return {
    async erase(contactId, { hasNumber }) {
      const deleted = hasNumber ? await deleteNumber(contactId) : 'deleted';
      if (deleted !== 'deleted') return { kind: deleted };
      const attributes = await attributesOf(contactId);
      if (!attributes) return { kind: 'gone' };
      const told = Object.entries(attributes).filter(([, value]) => value !== '');
      const personal = told.filter(([name]) => OURS.has(name) && !NOT_PERSONAL.has(name));
      if (personal.length > 0) {
        const Attributes = Object.fromEntries(personal.map(([name]) => [name, '']));
        const command = new UpdateContactAttributesCommand({
          InstanceId,
          InitialContactId: contactId,
          Attributes,
        });
        await askAws('connect:UpdateContactAttributes', place, () => connect.send(command));
      }
      return { kind: 'erased', others: told.map(([name]) => name).filter((name) => !OURS.has(name)) };
    },
  };
}
