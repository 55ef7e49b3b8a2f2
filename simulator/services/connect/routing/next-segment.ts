import { randomUUID } from 'node:crypto';
import { type Contact, newContact } from '../contacts/contact.ts';
import type { QueuePlace } from '../world.ts';

/**
 * Makes the contact that replaces another one after a transfer to another queue. It has the same attributes,
 * caller and settings by flows.
 */
export function nextSegment(contact: Contact, queue: QueuePlace, nowMs: number): Contact {
  const { channel, attributes, references, customerNumber, systemNumber, name, description } = contact;
  const { mediaStream, segmentAttributes, tags, settings } = contact;
  return newContact({
    id: randomUUID(),
    channel,
    initiationMethod: 'QUEUE_TRANSFER',
    initiatedAtMs: nowMs,
    attributes,
    references,
    segmentAttributes,
    tags: new Map(tags),
    settings: { ...settings, eventHooks: new Map(settings.eventHooks), targetQueue: queue },
    initialContactId: contact.initialContactId ?? contact.id,
    previousContactId: contact.id,
    ...(customerNumber !== undefined && { customerNumber }),
    ...(systemNumber !== undefined && { systemNumber }),
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(mediaStream && { mediaStream }),
  });
}
