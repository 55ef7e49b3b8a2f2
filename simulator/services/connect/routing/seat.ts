import type { Contact } from '../contacts/contact.ts';
import { CONCURRENCY } from '../instance-defaults.ts';
import {
  type Channel,
  type QueuePlace,
  type RoutingProfile,
  routingProfileOf,
  type User,
  type World,
} from '../world.ts';
import type { OpenedGuide } from './guides.ts';
import type { AgentPresence } from './routing.ts';

/** An agent, with ringing contacts and contacts in hand, by contact id. */
export interface Seat {
  readonly user: User;
  readonly profile: RoutingProfile;
  presence: AgentPresence;
  /** One counter for all agents: a lower number means a longer idle time. */
  idleSince: number;
  readonly offers: Map<string, Offer>;
  readonly hand: Map<string, Held>;
}

/** A contact that rings. */
interface Offer {
  readonly contact: Contact;
  readonly cancelTimer: () => void;
}

/** A contact that was accepted. In `after-work`, it has ended and the agent still works on it. */
export interface Held {
  readonly contact: Contact;
  phase: 'connecting' | 'connected' | 'after-work';
  guide?: OpenedGuide | undefined;
  cancelTimer?: () => void;
}

export function newSeat(world: World, user: User): Seat {
  return {
    user,
    profile: routingProfileOf(world, user),
    presence: 'SignedOut',
    idleSince: 0,
    offers: new Map(),
    hand: new Map(),
  };
}

/** Whether the agent serves that queue, free or not. Without a channel: on any channel. */
export function serves({ user, profile }: Seat, { id, agent }: QueuePlace, channel?: Channel): boolean {
  if (agent) return agent.id === user.id;
  if (!profile.queues) return true;
  return profile.queues.some(
    ({ queueId, channels }) => queueId === id && (channel === undefined || channels.includes(channel)),
  );
}

/** Whether the agent can be offered a contact of that channel now. Without a channel: of any channel. */
export function isAvailable(seat: Seat, channel?: Channel): boolean {
  if (seat.presence !== 'Available') return false;
  const channels: readonly Channel[] = channel === undefined ? ['VOICE', 'TASK', 'CHAT'] : [channel];
  return channels.some((one) => hasRoomFor(seat, one));
}

/**
 * Available, with a contact, in after-contact work, or unavailable after a missed contact; not on a break or
 * offline.
 */
export function isStaffed({ presence, hand }: Seat): boolean {
  return presence === 'Available' || presence === 'Missed' || hand.size > 0;
}

export function isOnline({ presence }: Seat): boolean {
  return presence !== 'SignedOut' && presence !== 'Offline';
}

/** Ringing contacts and after-contact work count too. */
function hasRoomFor({ profile, offers, hand }: Seat, channel: Channel): boolean {
  const taken = [...offers.values(), ...hand.values()].map(({ contact }) => contact.channel);
  if (!profile.isCrossChannel && taken.some((one) => one !== channel)) return false;
  const most = profile.concurrency?.[channel] ?? CONCURRENCY[channel];
  return taken.filter((one) => one === channel).length < most;
}
