import type { FlowParts } from '../flow-parts.ts';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Contact, newContact } from '../../contacts/contact.ts';
import type { QueuePlace } from '../../world.ts';
import { type ActionCall, actionKind, Count, ENTRY_FLOWS } from '../action-kind.ts';
import { QUEUE_SHAPE, queueAsked } from '../named-queue.ts';
import { DONE, NO_MATCHING_ERROR } from '../outcome.ts';

/**
 * How long it rings at somebody who does not answer.
 *
 * Source: Amazon Connect administrator guide, "Data model for contact records", TELECOM_TIMEOUT.
 */
const RING_MS = 60_000;

/**
 * Makes a callback: a new contact with the call's attributes is made at once. After the delay it is offered
 * in the queue, and when an agent accepts it, the number is dialed. Only the world's telephones answer; if
 * nobody does, it is retried as often as the parameters say. If the action names a flow, it runs before the
 * queue.
 */
export const createCallbackContact = actionKind({
  parameters: z.object({
    ...QUEUE_SHAPE,
    InitialCallDelaySeconds: Count,
    MaximumConnectionAttempts: Count.default(1),
    RetryDelaySeconds: Count.default(600),
    ContactFlowId: z.string().optional(),
  }),
  logName: 'CreateCallback',
  flowTypes: [...ENTRY_FLOWS, 'CUSTOMER_QUEUE'],
  channels: ['VOICE'],
  run(given, call) {
    const { contact, paths, parts, start } = call;
    const queue = queueAsked(given, call);
    const number = contact.settings.callbackNumber ?? contact.customerNumber;
    const named = given.ContactFlowId;
    const flow = named === undefined ? undefined : parts.flows.find(paths.single(named) ?? '');
    if (!queue || number === undefined || (named !== undefined && !flow)) return NO_MATCHING_ERROR;

    const attempt = (delaySeconds: number, attemptsLeft: number) => {
      const callback = callbackOf(call, { queue, number });
      parts.clock.after(delaySeconds * 1000, () => {
        parts.contacts.add(callback);
        dialOnceAccepted(callback, parts, () => {
          if (attemptsLeft > 0) attempt(given.RetryDelaySeconds, attemptsLeft - 1);
        });
        if (flow) start(flow, callback);
        else if (parts.routing.enqueue(callback) !== 'queued') parts.contacts.end(callback);
      });
    };
    attempt(given.InitialCallDelaySeconds, given.MaximumConnectionAttempts - 1);
    return DONE;
  },
});

function callbackOf(
  { contact, parts: { clock, world } }: ActionCall,
  { queue, number }: { queue: QueuePlace; number: string },
): Contact {
  const callback = newContact({
    id: randomUUID(),
    channel: 'VOICE',
    initiationMethod: 'CALLBACK',
    initiatedAtMs: clock.now(),
    attributes: contact.attributes,
    initialContactId: contact.initialContactId ?? contact.id,
    previousContactId: contact.id,
    customerNumber: number,
    systemNumber: contact.systemNumber ?? world.phoneNumber,
  });
  callback.settings.targetQueue = queue;
  return callback;
}

function dialOnceAccepted(
  callback: Contact,
  { clock, contacts, happenings, world }: FlowParts,
  notAnswered: () => void,
): void {
  const { signal } = callback.lifetime;
  const telephone = world.telephones?.find(({ number }) => number === callback.customerNumber);
  const stopListening = happenings.listen((one) => {
    if (one.kind !== 'agent' || one.contactId !== callback.id || one.did !== 'accepted') return;
    stopListening();
    const isAnswered = telephone !== undefined && telephone.answersAfterMs <= RING_MS;
    const answer = () => void (callback.answeredAtMs = clock.now());
    const cancelAnswer = isAnswered ? clock.after(telephone.answersAfterMs, answer) : undefined;
    const lastsMs = isAnswered ? telephone.answersAfterMs + telephone.talksMs : RING_MS;
    const cancel = clock.after(lastsMs, () => {
      contacts.end(callback, isAnswered ? 'CUSTOMER_DISCONNECT' : 'TELECOM_TIMEOUT');
      if (!isAnswered) notAnswered();
    });
    signal.addEventListener('abort', cancel);
    if (cancelAnswer) signal.addEventListener('abort', cancelAnswer);
  });
  signal.addEventListener('abort', stopListening);
}
