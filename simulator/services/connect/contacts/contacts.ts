import type { Clock } from '../../../clock.ts';
import type { Happenings } from '../../../happenings.ts';
import type { ContactEvents } from '../events/contact-events.ts';
import { type AgentTalk, associationIdOf, type Contact } from './contact.ts';
import { resourceNotFound } from '../input.ts';

/** How long an agent works on after the caller hung up. The contact record is sent after that. */
export const AFTER_CONTACT_WORK_MS = 10_000;

/** All contacts of the instance, over their lives and after. */
export interface Contacts {
  readonly add: (contact: Contact) => void;
  readonly find: (contactId: string) => Contact | undefined;
  /** Throws ResourceNotFoundException. */
  readonly require: (contactId: string) => Contact;
  /** In the order in which they began. */
  readonly all: () => readonly Contact[];
  /** Ends a contact, once. Its record is sent when its agent is done, if it had one. */
  readonly end: (contact: Contact, disconnectReason?: string) => void;
  /** The agent has finished after-contact work before its time is up. */
  readonly finishWork: (contact: Contact) => void;
  /** Call it after a contact was changed: if the contact has ended, its record is sent again. */
  readonly changed: (contact: Contact) => void;
}

const NO_EVENTS: ContactEvents = {
  began: () => {},
  changed: () => {},
  ended: () => {},
  completed: () => {},
};

export function createContacts({
  clock,
  happenings,
  sendRecord,
  events = NO_EVENTS,
}: {
  clock: Clock;
  happenings: Happenings;
  sendRecord: (contact: Contact) => void;
  /** Absent: nobody gets them. */
  events?: ContactEvents;
}): Contacts {
  const contacts = new Map<string, Contact>();
  const atWork = new Map<Contact, { talk: AgentTalk; cancel: () => void }>();

  function finishWork(contact: Contact): void {
    const work = atWork.get(contact);
    if (!work) return;
    atWork.delete(contact);
    work.cancel();
    work.talk.afterContactWorkEndedAtMs = clock.now();
    sendRecord(contact);
    events.completed(contact);
  }

  return {
    add(contact) {
      const { relatedContactId = '', initialContactId = '' } = contact;
      const linked = contacts.get(relatedContactId) ?? contacts.get(initialContactId);
      contact.associationId = associationIdOf(linked ?? contact);
      contacts.set(contact.id, contact);
      events.began(contact);
    },
    find: (contactId) => contacts.get(contactId),
    require(contactId) {
      const contact = contacts.get(contactId);
      if (!contact) throw resourceNotFound(`Contact not found: ${contactId}`);
      return contact;
    },
    all: () => [...contacts.values()],
    end(contact, disconnectReason) {
      if (contact.endedAtMs !== undefined) return;
      const { queueStay, agent, customerNumber, nextContactId } = contact;
      const nowMs = clock.now();
      contact.endedAtMs = nowMs;
      contact.lastUpdatedAtMs = nowMs;
      if (disconnectReason !== undefined) contact.disconnectReason = disconnectReason;
      contact.lifetime.abort();
      if (queueStay) queueStay.dequeuedAtMs ??= nowMs;
      if (customerNumber !== undefined && nextContactId === undefined) {
        happenings.tell({ kind: 'hang-up', atMs: nowMs, contactId: contact.id, from: customerNumber });
      }
      events.ended(contact);
      if (!agent) {
        sendRecord(contact);
        events.completed(contact);
        return;
      }
      agent.endedAtMs = nowMs;
      const cancel = clock.after(AFTER_CONTACT_WORK_MS, () => finishWork(contact));
      atWork.set(contact, { talk: agent, cancel });
    },
    finishWork,
    changed(contact) {
      contact.lastUpdatedAtMs = clock.now();
      events.changed(contact);
      if (contact.endedAtMs !== undefined) sendRecord(contact);
    },
  };
}
