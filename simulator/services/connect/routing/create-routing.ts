import type { Clock } from '../../../clock.ts';
import type { Happenings } from '../../../happenings.ts';
import type { Contact } from '../contacts/contact.ts';
import type { Contacts } from '../contacts/contacts.ts';
import type { FlowStore } from '../flow/flow-store.ts';
import type { Voice } from '../voice/voice.ts';
import { type Channel, findQueue, type QueuePlace, type World } from '../world.ts';
import { DEFAULT_CUSTOMER_QUEUE } from './default-flows.ts';
import { createDesk } from './desk.ts';
import type { GuideScreen } from './guide-screen.ts';
import { createGuides } from './guides.ts';
import { createHandling } from './handling.ts';
import { nextSegment } from './next-segment.ts';
import type { QueueCounts, QueueMetrics, Routing } from './routing.ts';
import type { RunFlow } from './run-port.ts';
import { createOffering, type Offering } from './offering.ts';
import { queueMetrics } from './queue-metrics.ts';
import { newSeat, type Seat } from './seat.ts';
import { inOrder, type Waiting } from './waiting.ts';

/** The most contacts in a chain. Source: administrator guide, "Transfer to queue". */
const LONGEST_CHAIN = 12;

export interface RoutingParts {
  readonly clock: Clock;
  readonly happenings: Happenings;
  readonly world: World;
  readonly contacts: Contacts;
  readonly flows: FlowStore;
  readonly voiceOf: (contact: Contact) => Voice | undefined;
  readonly runFlow: RunFlow;
  /**
   * Called when a caller moves to another queue: `to` is the contact from now on, and `from` ends right
   * after. The line and running streams belong to `to`.
   */
  readonly passOn: (from: Contact, to: Contact) => void;
}

export interface RoutingWithGuides extends Routing, QueueCounts {
  /**
   * The screen on which the flow of an agent guide shows its views. Undefined for a contact that is not a
   * guide.
   */
  readonly guideOf: (contact: Contact) => GuideScreen | undefined;
}

/**
 * Queues and agents. A contact is offered to the agent who has been idle for longest, of those whom its
 * queue, its channel and its routing criteria allow. An agent who misses or rejects it becomes unavailable,
 * and the contact is offered to the next agent.
 *
 * Not simulated: priorities and delays of queues within a routing profile, holds, transfers by agents,
 * supervisors, and other ways for an agent to end after-contact work than `finish`.
 */
export function createRouting(parts: RoutingParts): RoutingWithGuides {
  const { clock, world, contacts, passOn } = parts;
  const seats = world.users.map((user) => newSeat(world, user));
  const waiting = new Map<string, Waiting>();
  const offering = createOffering({ ...parts, seats, waiting });
  const guides = createGuides(parts);
  const handling = createHandling({ ...parts, guides, onIdle: offering.nowIdle });
  const queues: Queues = { ...parts, seats, waiting, offering };

  async function accept(seat: Seat, contactId: string): Promise<void> {
    const { contact, queueFlow } = offering.withdraw(seat, contactId);
    waiting.delete(contactId);
    if (contact.queueStay) contact.queueStay.dequeuedAtMs = clock.now();
    const taken = handling.take(seat, contact, queueFlow);
    offering.tell(seat, contactId, 'accepted');
    await taken;
  }

  return {
    enqueue: (contact) => enqueue(contact, queues),
    moveTo(contact, queueArn) {
      const queue = findQueue(world, queueArn);
      const isChainFull = chainLength(contact, contacts) >= LONGEST_CHAIN;
      if (!queue || !waiting.has(contact.id) || isChainFull || isDisabled(queue, queues)) return 'no-queue';
      if (isFull(queue, queues)) return 'at-capacity';
      const next = nextSegment(contact, { queue, initiationMethod: 'QUEUE_TRANSFER', nowMs: clock.now() });
      contact.nextContactId = next.id;
      contacts.add(next);
      passOn(contact, next);
      contacts.end(contact);
      return enqueue(next, queues);
    },
    metrics(queueArn, channel) {
      const queue = findQueue(world, queueArn);
      return queue && metricsOver([queue], queues, channel);
    },
    metricsOver: (places, channel) => metricsOver(places, queues, channel),
    positionOf(contactId) {
      const place = waiting.get(contactId);
      return place && inOrder(inQueue(place.queue.arn, queues)).indexOf(place) + 1;
    },
    agent(username) {
      const seat = seats.find(({ user }) => user.username === username);
      if (!seat) throw new Error(`the instance has no agent ${username}`);
      return createDesk(seat, {
        accept,
        reject: (contactId) => offering.turnDown(seat, contactId, 'rejected'),
        finish: (contactId) => handling.finish(seat, contactId),
        withdraw: offering.withdraw,
        nowIdle: offering.nowIdle,
        match: offering.match,
      });
    },
    guideOf: guides.screenOf,
  };
}

/** The contacts in queues, and the agents they wait for. */
interface Queues extends Pick<
  RoutingParts,
  'clock' | 'happenings' | 'world' | 'contacts' | 'flows' | 'runFlow'
> {
  readonly seats: readonly Seat[];
  /** By contact id. */
  readonly waiting: Map<string, Waiting>;
  readonly offering: Offering;
}

function enqueue(contact: Contact, queues: Queues): 'queued' | 'at-capacity' | 'no-queue' {
  const { targetQueue: queue } = contact.settings;
  if (!queue || contact.queueStay || contact.endedAtMs !== undefined) return 'no-queue';
  if (isDisabled(queue, queues)) return 'no-queue';
  if (isFull(queue, queues)) return 'at-capacity';
  const { clock, waiting, offering, contacts } = queues;
  const sinceMs = clock.now();
  const place: Waiting = { contact, queue, sinceMs, criteriaSinceMs: sinceMs, isRinging: false };
  contact.queueStay = { queue, enqueuedAtMs: sinceMs };
  contact.settings.reconsider = () => {
    place.criteriaSinceMs = clock.now();
    offering.match();
  };
  waiting.set(contact.id, place);
  contact.lifetime.signal.addEventListener('abort', () => leave(place, queues));
  contacts.changed(contact);
  announce(place, queues);
  offering.match();
  return 'queued';
}

/** Reports a task as created, and runs the customer queue flow for callers and chats. */
function announce(place: Waiting, { happenings, flows, runFlow }: Queues): void {
  const { contact, queue, sinceMs } = place;
  if (contact.channel === 'TASK') {
    happenings.tell({ kind: 'task-created', atMs: sinceMs, contactId: contact.id, queueArn: queue.arn });
    return;
  }
  const hooked = flows.find(contact.settings.eventHooks.get('CustomerQueue') ?? '');
  place.queueFlow = runFlow({ flow: hooked ?? DEFAULT_CUSTOMER_QUEUE, contact });
}

/** The contact has ended: it is no longer offered, and no longer waits. */
function leave({ contact }: Waiting, { seats, waiting, offering }: Queues): void {
  for (const seat of seats) {
    if (seat.offers.has(contact.id)) offering.withdraw(seat, contact.id);
  }
  if (waiting.delete(contact.id)) offering.match();
}

/** A disabled queue takes no new contacts. Source: AWS re:Post, "connect-remove-callback-queue-contacts". */
function isDisabled({ id, agent }: QueuePlace, { world }: Queues): boolean {
  return !agent && world.queues.find((queue) => queue.id === id)?.status === 'DISABLED';
}

function isFull({ id, agent, arn }: QueuePlace, queues: Queues): boolean {
  const most = agent ? undefined : queues.world.queues.find((queue) => queue.id === id)?.maxContacts;
  return most !== undefined && inQueue(arn, queues).length >= most;
}

function inQueue(queueArn: string, { waiting }: Pick<Queues, 'waiting'>): readonly Waiting[] {
  return [...waiting.values()].filter(({ queue }) => queue.arn === queueArn);
}

function metricsOver(places: readonly QueuePlace[], queues: Queues, channel?: Channel): QueueMetrics {
  const { seats, clock } = queues;
  const waiting = places.flatMap(({ arn }) => inQueue(arn, queues));
  return queueMetrics(places, { seats, inQueue: waiting, nowMs: clock.now() }, channel);
}

function chainLength({ previousContactId }: Contact, contacts: Contacts): number {
  const previous = contacts.find(previousContactId ?? '');
  return previous ? 1 + chainLength(previous, contacts) : 1;
}
