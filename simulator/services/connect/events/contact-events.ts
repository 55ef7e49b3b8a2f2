import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../../clock.ts';
import type { EventBridgeEvent } from '../../eventbridge/event.ts';
import type { Contact } from '../contacts/contact.ts';
import type { World } from '../world.ts';
import {
  connectedToSystemAtMs,
  contactEvent,
  type ContactEventType,
  type UpdatedProperty,
} from './contact-event.ts';

/** Tells the event bus what happens to contacts. */
export interface ContactEvents {
  readonly began: (contact: Contact) => void;
  /** Call it after any change: what has changed since the last call is found out here. */
  readonly changed: (contact: Contact) => void;
  readonly ended: (contact: Contact) => void;
  /** After-contact work is over, or there was none. */
  readonly completed: (contact: Contact) => void;
}

/** What can change in a contact and has an event. */
type Seen = Readonly<Record<UpdatedProperty, unknown>> & {
  readonly isQueued: boolean;
  readonly hasAgent: boolean;
};

/**
 * Contact events on EventBridge. Every one is sent; a rule decides who gets it, and the faults of deliveries
 * how late and how often.
 *
 * Not simulated: events of paused tasks, of answering machine detection and of the steps of routing criteria;
 * CONNECTED_TO_SYSTEM of callbacks. Not known: whether a change after the end of a contact has an event on
 * AWS; it has one here.
 */
export function createContactEvents({
  clock,
  world,
  put,
}: {
  clock: Clock;
  world: World;
  put: (event: EventBridgeEvent) => void;
}): ContactEvents {
  const lastSeen = new WeakMap<Contact, Seen>();

  function send(contact: Contact, type: ContactEventType, updated?: readonly UpdatedProperty[]): void {
    put(contactEvent(contact, type, { world, nowMs: clock.now(), ...(updated && { updated }) }));
  }

  function connected(contact: Contact): void {
    if (contact.endedAtMs === undefined) send(contact, 'CONNECTED_TO_SYSTEM');
  }

  return {
    began(contact) {
      lastSeen.set(contact, seenOf(contact));
      send(contact, 'INITIATED');
      if (contact.channel === 'VOICE') return;
      const waitMs = (connectedToSystemAtMs(contact) ?? 0) - clock.now();
      if (waitMs > 0) clock.after(waitMs, () => connected(contact));
      else connected(contact);
    },
    changed(contact) {
      const now = seenOf(contact);
      const before = lastSeen.get(contact) ?? now;
      lastSeen.set(contact, now);
      if (now.isQueued && !before.isQueued) send(contact, 'QUEUED');
      if (now.hasAgent && !before.hasAgent) send(contact, 'CONNECTED_TO_AGENT');
      const updated = PROPERTIES.filter((property) => !isDeepStrictEqual(now[property], before[property]));
      if (updated.length > 0) send(contact, 'CONTACT_DATA_UPDATED', updated);
    },
    ended: (contact) => send(contact, 'DISCONNECTED'),
    completed: (contact) => send(contact, 'COMPLETED'),
  };
}

const PROPERTIES: readonly UpdatedProperty[] = [
  'ScheduledTimestamp',
  'UserDefinedAttributes',
  'Segment Attributes',
  'Tags',
];

function seenOf({ attributes, tags, segmentAttributes, scheduledAtMs, queueStay, agent }: Contact): Seen {
  return {
    ScheduledTimestamp: scheduledAtMs,
    UserDefinedAttributes: new Map(attributes),
    'Segment Attributes': segmentAttributes,
    Tags: new Map(tags),
    isQueued: queueStay !== undefined,
    hasAgent: agent !== undefined,
  };
}
