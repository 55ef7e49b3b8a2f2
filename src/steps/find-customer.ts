import { customerIn, type FoundCustomer, type FoundProfiles } from '../domain/customer.ts';
import { callerNumber } from '../domain/phone-number.ts';
import type { Voicemail } from '../domain/voicemail.ts';

export interface FindCustomerPorts {
  /** The customers who have a number, E.164. Takes two seconds at most. Absent: nobody is asked. */
  readonly findProfiles?: ((e164: string) => Promise<FoundProfiles>) | undefined;
  /** Called if the customers could not be asked for. */
  readonly onCustomerUnknown: (contactId: string, error: unknown) => void;
}

/**
 * The customer who called, by the number alone. Asks nothing if the number was withheld or is none, and if it has an
 * extension: then a switchboard has it, with many behind it. Never throws: a voicemail does not need a name.
 */
export async function findCustomer(
  { contactId, from }: Voicemail,
  { findProfiles, onCustomerUnknown }: FindCustomerPorts,
): Promise<FoundCustomer> {
  const caller = callerNumber(from);
  if (!findProfiles || caller.kind !== 'number' || caller.extension !== '') return { notes: [] };
  try {
    return customerIn(await findProfiles(caller.e164), caller.e164);
  } catch (error) {
    onCustomerUnknown(contactId, error);
    return { notes: [] };
  }
}
