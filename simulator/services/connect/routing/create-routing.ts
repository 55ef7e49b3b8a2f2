import type { Clock } from '../../../clock.ts';
import type { Happenings } from '../../../happenings.ts';
import type { Contact } from '../contacts/contact.ts';
import type { Contacts } from '../contacts/contacts.ts';
import type { FlowStore } from '../flow/flow-store.ts';
import type { Voice } from '../voice/voice.ts';
import { findQueue, type QueuePlace, type World } from '../world.ts';
import { DEFAULT_CUSTOMER_QUEUE } from './default-flows.ts';
import { createDesk } from './desk.ts';
import type { GuideScreen } from './guide-screen.ts';
import { createGuides } from './guides.ts';
import { createHandling } from './handling.ts';
import { nextSegment } from './next-segment.ts';
import type { Routing } from './routing.ts';
import type { RunFlow } from './run-port.ts';
import { isAvailable, isOnline, isStaffed, newSeat, type Seat, serves } from './seat.ts';
import { inOrder, isMeantFor, relaxesAtMs, type Waiting } from './waiting.ts';

/** How long an agent may let it ring: a call's time in the control panel, for tasks too. */
const RING_MS = 20_000;

/** Source: administrator guide, "Transfer to queue": contacts in a chain. */
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
   * A caller moves on to another queue: `to` is the contact from now on, and `from` is
   * ended right after. The line, and streaming that runs, belong to `to`.
   */
  readonly passOn: (from: Contact, to: Contact) => void;
}

export interface RoutingWithGuides extends Routing {
  /** Where the flow of an agent guide shows its views. Undefined for a contact that is no guide. */
  readonly guideOf: (contact: Contact) => GuideScreen | undefined;
}

/**
 * Queues and agents. A contact is offered to the agent who has been idle for
 * longest, of those its queue, its channel and its routing criteria allow; who lets
 * it ring or rejects it is not available any more, and the next one is asked.
 *
 * It does not do: priorities and delays of queues within a routing profile, holds,
 * transfers by agents, supervisors, callbacks, an end to after-contact work of one's
 * own choosing other than `finish`.
 */
export function createRouting(parts: RoutingParts): RoutingWithGuides {
  const { clock, happenings, world, contacts, flows, runFlow, passOn } = parts;
  const seats = world.users.map((user) => newSeat(world, user));
  const waiting = new Map<string, Waiting>();
  const guides = createGuides(parts);
  const handling = createHandling({ ...parts, guides, onIdle: nowIdle });
  let idleCount = 0;
  let cancelWake: (() => void) | undefined;

  function nowIdle(seat: Seat): void {
    idleCount += 1;
    seat.idleSince = idleCount;
    match();
  }

  /** Offers what can be offered, and comes back when routing criteria relax. */
  function match(): void {
    for (let next = nextOffer(); next; next = nextOffer()) ring(next.seat, next.place);
    cancelWake?.();
    const nowMs = clock.now();
    const wakeAtMs = Math.min(...[...waiting.values()].map((place) => relaxesAtMs(place, nowMs)));
    cancelWake = Number.isFinite(wakeAtMs) ? clock.after(wakeAtMs - nowMs, match) : undefined;
  }

  function nextOffer(): { seat: Seat; place: Waiting } | undefined {
    const nowMs = clock.now();
    const byIdleTime = seats.toSorted((a, b) => a.idleSince - b.idleSince);
    for (const place of inOrder(waiting.values())) {
      const { contact, queue, isRinging } = place;
      if (isRinging) continue;
      const seat = byIdleTime.find(
        (one) =>
          isAvailable(one, contact.channel) &&
          serves(one, queue, contact.channel) &&
          isMeantFor(world, place, one.user, nowMs),
      );
      if (seat) return { seat, place };
    }
    return undefined;
  }

  function ring(seat: Seat, place: Waiting): void {
    const { contact } = place;
    place.isRinging = true;
    contact.connectionAttempts += 1;
    const cancelTimer = clock.after(RING_MS, () => turnDown(seat, contact.id, 'missed'));
    seat.offers.set(contact.id, { contact, cancelTimer });
    tell(seat, contact.id, 'offered');
  }

  function withdraw(seat: Seat, contactId: string): Waiting {
    const place = waiting.get(contactId);
    const offer = seat.offers.get(contactId);
    if (!place || !offer) throw new Error(`${seat.user.username} is not offered the contact ${contactId}`);
    offer.cancelTimer();
    seat.offers.delete(contactId);
    place.isRinging = false;
    return place;
  }

  function turnDown(seat: Seat, contactId: string, did: 'missed' | 'rejected'): void {
    withdraw(seat, contactId);
    seat.presence = 'Missed';
    tell(seat, contactId, did);
    match();
  }

  async function accept(seat: Seat, contactId: string): Promise<void> {
    const { contact, queueFlow } = withdraw(seat, contactId);
    waiting.delete(contactId);
    if (contact.queueStay) contact.queueStay.dequeuedAtMs = clock.now();
    const taken = handling.take(seat, contact, queueFlow);
    tell(seat, contactId, 'accepted');
    await taken;
  }

  function tell(seat: Seat, contactId: string, did: 'offered' | 'accepted' | 'rejected' | 'missed'): void {
    const { username } = seat.user;
    happenings.tell({ kind: 'agent', atMs: clock.now(), contactId, username, did });
  }

  function forget({ contact }: Waiting): void {
    for (const seat of seats) {
      if (seat.offers.has(contact.id)) withdraw(seat, contact.id);
    }
    if (waiting.delete(contact.id)) match();
  }

  function enqueue(contact: Contact): 'queued' | 'at-capacity' | 'no-queue' {
    const { targetQueue: queue } = contact.settings;
    if (!queue || contact.queueStay || contact.endedAtMs !== undefined) return 'no-queue';
    if (isFull(queue)) return 'at-capacity';
    const sinceMs = clock.now();
    const place: Waiting = { contact, queue, sinceMs, criteriaSinceMs: sinceMs, isRinging: false };
    contact.queueStay = { queue, enqueuedAtMs: sinceMs };
    contact.settings.reconsider = () => {
      place.criteriaSinceMs = clock.now();
      match();
    };
    waiting.set(contact.id, place);
    contact.lifetime.signal.addEventListener('abort', () => forget(place));
    contacts.changed(contact);
    if (contact.channel === 'TASK') {
      const { arn: queueArn } = queue;
      happenings.tell({ kind: 'task-created', atMs: sinceMs, contactId: contact.id, queueArn });
    } else {
      const hooked = flows.find(contact.settings.eventHooks.get('CustomerQueue') ?? '');
      place.queueFlow = runFlow({ flow: hooked ?? DEFAULT_CUSTOMER_QUEUE, contact });
    }
    match();
    return 'queued';
  }

  function isFull({ id, agent, arn }: QueuePlace): boolean {
    const most = agent ? undefined : world.queues.find((queue) => queue.id === id)?.maxContacts;
    return most !== undefined && inQueue(arn).length >= most;
  }

  function inQueue(queueArn: string): readonly Waiting[] {
    return [...waiting.values()].filter(({ queue }) => queue.arn === queueArn);
  }

  function chainLength({ previousContactId }: Contact): number {
    const previous = contacts.find(previousContactId ?? '');
    return previous ? 1 + chainLength(previous) : 1;
  }

  return {
    enqueue,
    moveTo(contact, queueArn) {
      const queue = findQueue(world, queueArn);
      if (!queue || !waiting.has(contact.id) || chainLength(contact) >= LONGEST_CHAIN) return 'no-queue';
      if (isFull(queue)) return 'at-capacity';
      const next = nextSegment(contact, queue, clock.now());
      contact.nextContactId = next.id;
      contacts.add(next);
      passOn(contact, next);
      contacts.end(contact);
      return enqueue(next);
    },
    metrics(queueArn, channel) {
      const queue = findQueue(world, queueArn);
      if (!queue) return undefined;
      const staff = seats.filter((seat) => serves(seat, queue, channel));
      const here = inQueue(queueArn).filter(({ contact }) => !channel || contact.channel === channel);
      const oldestMs = Math.min(clock.now(), ...here.map(({ sinceMs }) => sinceMs));
      return {
        agentsAvailable: staff.filter((seat) => isAvailable(seat, channel)).length,
        agentsStaffed: staff.filter(isStaffed).length,
        agentsOnline: staff.filter(isOnline).length,
        contactsInQueue: here.length,
        oldestContactAgeMs: clock.now() - oldestMs,
      };
    },
    agent(username) {
      const seat = seats.find(({ user }) => user.username === username);
      if (!seat) throw new Error(`the instance has no agent ${username}`);
      return createDesk(seat, {
        accept,
        reject: (contactId) => turnDown(seat, contactId, 'rejected'),
        finish: (contactId) => handling.finish(seat, contactId),
        withdraw,
        nowIdle,
        match,
      });
    },
    guideOf: guides.screenOf,
  };
}
