import type { Clock } from '../../../clock.ts';
import type { Happenings } from '../../../happenings.ts';
import { contactRecord } from './contact-record.ts';
import type { Contact } from './contact.ts';
import type { World } from '../world.ts';

/** The data stream that contact records are put onto. */
export interface RecordStream {
  readonly put: (streamArn: string, data: string, partitionKey: string) => unknown;
}

/**
 * Returns a function that sends a contact's record after `delayMs`, with the contact's state at that time.
 * If a record of the contact is already waiting, no second one is sent: it would say the same.
 */
export function recordSender({
  clock,
  happenings,
  kinesis,
  world,
  streamArn,
  delayMs,
}: {
  clock: Clock;
  happenings: Happenings;
  kinesis: RecordStream;
  world: World;
  /** Undefined: contact records do not go to a data stream. */
  streamArn: () => string | undefined;
  delayMs: number;
}): (contact: Contact) => void {
  const underWay = new Set<Contact>();

  function send(contact: Contact): void {
    underWay.delete(contact);
    contact.lastUpdatedAtMs = clock.now();
    const target = streamArn();
    if (target === undefined) return;
    const record = JSON.stringify(contactRecord(contact, world));
    kinesis.put(target, record, contact.id);
    const { id: contactId, channel } = contact;
    happenings.tell({ kind: 'contact-record', atMs: clock.now(), contactId, channel });
  }

  return (contact) => {
    if (underWay.has(contact)) return;
    underWay.add(contact);
    clock.after(delayMs, () => send(contact));
  };
}
