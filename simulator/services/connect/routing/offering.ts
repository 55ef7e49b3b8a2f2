import type { Clock } from '../../../clock.ts';
import type { Happenings } from '../../../happenings.ts';
import type { World } from '../world.ts';
import { isAvailable, type Seat, serves } from './seat.ts';
import { inOrder, isMeantFor, relaxesAtMs, type Waiting } from './waiting.ts';

/** How long a contact rings at an agent: the time of a call in the control panel, for tasks too. */
const RING_MS = 20_000;

/** Offers waiting contacts to available agents. */
export interface Offering {
  /** Offers all that can be offered now, and again when routing criteria relax. */
  readonly match: () => void;
  /** Ends an offer. The contact still waits. Throws an Error if the agent is not offered that contact. */
  readonly withdraw: (seat: Seat, contactId: string) => Waiting;
  /** Ends an offer without an answer or with a rejection, and offers the contact to the next agent. */
  readonly turnDown: (seat: Seat, contactId: string, did: 'missed' | 'rejected') => void;
  /** The agent is available for a new contact, and is the last one to be offered it. */
  readonly nowIdle: (seat: Seat) => void;
  readonly tell: (seat: Seat, contactId: string, did: 'accepted' | 'offered' | 'rejected' | 'missed') => void;
}

interface OfferingParts {
  readonly clock: Clock;
  readonly happenings: Happenings;
  readonly world: World;
  readonly seats: readonly Seat[];
  /** By contact id. It changes. */
  readonly waiting: ReadonlyMap<string, Waiting>;
}

export function createOffering({ clock, happenings, world, seats, waiting }: OfferingParts): Offering {
  let idleCount = 0;
  let cancelWake: (() => void) | undefined;

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

  function tell({ user: { username } }: Seat, contactId: string, did: Parameters<Offering['tell']>[2]): void {
    happenings.tell({ kind: 'agent', atMs: clock.now(), contactId, username, did });
  }

  return {
    match,
    withdraw,
    turnDown,
    nowIdle(seat) {
      idleCount += 1;
      seat.idleSince = idleCount;
      match();
    },
    tell,
  };
}
