import { randomUUID } from 'node:crypto';
import { type Contact, newContact } from '../contacts/contact.ts';
import type { QueuePlace } from '../world.ts';

/**
 * Makes the contact that replaces another one after a transfer. It has the same attributes, caller and settings by
 * flows, and the given queue as its target.
 */
export function nextSegment(
  contact: Contact,
  {
    queue,
    initiationMethod,
    nowMs,
  }: Pick<Contact, 'initiationMethod'> & { queue?: QueuePlace; nowMs: number },
): Contact {
  const { channel, attributes, references, customerNumber, systemNumber, name, description } = contact;
  const { mediaStream, segmentAttributes, tags, settings } = contact;
  return newContact({
    id: randomUUID(),
    channel,
    initiationMethod,
    initiatedAtMs: nowMs,
    attributes,
    references,
    segmentAttributes,
    tags: new Map(tags),
    settings: { ...settings, eventHooks: new Map(settings.eventHooks), ...(queue && { targetQueue: queue }) },
    initialContactId: contact.initialContactId ?? contact.id,
    previousContactId: contact.id,
    ...(customerNumber !== undefined && { customerNumber }),
    ...(systemNumber !== undefined && { systemNumber }),
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(mediaStream && { mediaStream }),
  });
}
