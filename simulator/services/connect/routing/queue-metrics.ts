import { isAvailable, isOnline, isStaffed, type Seat, serves } from './seat.ts';
import type { Channel, QueuePlace } from '../world.ts';
import type { QueueMetrics } from './routing.ts';
import type { Waiting } from './waiting.ts';

interface Office {
  readonly seats: readonly Seat[];
  /** The contacts in these queues. */
  readonly inQueue: readonly Waiting[];
  readonly nowMs: number;
}

/** Counts agents, each once, and contacts of one or more queues. Without a channel: over all channels. */
export function queueMetrics(
  queues: readonly QueuePlace[],
  { seats, inQueue, nowMs }: Office,
  channel?: Channel,
): QueueMetrics {
  const staff = seats.filter((seat) => queues.some((queue) => serves(seat, queue, channel)));
  const here = inQueue.filter(({ contact }) => !channel || contact.channel === channel);
  const oldestMs = Math.min(nowMs, ...here.map(({ sinceMs }) => sinceMs));
  return {
    agentsAvailable: staff.filter((seat) => isAvailable(seat, channel)).length,
    agentsStaffed: staff.filter(isStaffed).length,
    agentsOnline: staff.filter(isOnline).length,
    contactsInQueue: here.length,
    oldestContactAgeMs: nowMs - oldestMs,
  };
}
