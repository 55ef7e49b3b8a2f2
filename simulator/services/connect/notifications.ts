import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { type User, type World, arnIn } from './world.ts';

/** A notification that agents see in their workspace. */
export interface AgentNotification {
  readonly id: string;
  /** ARNs of agents, or that of the instance: everybody. */
  readonly recipients: readonly string[];
  /** By locale. */
  readonly content: Readonly<Record<string, string>>;
  readonly priority: 'HIGH' | 'LOW';
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

export interface Notifications {
  readonly add: (notification: Omit<AgentNotification, 'id' | 'createdAtMs'>) => AgentNotification;
  /** What an agent sees now, the newest first. */
  readonly seenBy: (user: User) => readonly AgentNotification[];
}

/** Not simulated: what agents have read or hidden. Not known: for how long an expired one is kept. */
export function createNotifications(clock: Pick<Clock, 'now'>, world: World): Notifications {
  const all: AgentNotification[] = [];
  return {
    add(given) {
      const notification = { ...given, id: randomUUID(), createdAtMs: clock.now() };
      all.unshift(notification);
      return notification;
    },
    seenBy: ({ id }) =>
      all.filter(
        ({ recipients, expiresAtMs }) =>
          expiresAtMs > clock.now() &&
          [world.instanceArn, arnIn(world, 'agent', id)].some((arn) => recipients.includes(arn)),
      ),
  };
}
