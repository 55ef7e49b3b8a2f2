import type { Delivery } from '../domain/delivery.ts';
import { type NotificationTexts, notificationTexts } from '../domain/notification.ts';
import { destinationIn } from '../domain/recipient.ts';
import type { ClockPort } from './ports.ts';

/** The agents of a queue. */
export interface AgentsOfQueue {
  /** At most 200. */
  readonly userIds: readonly string[];
  /** Whether the queue has more. */
  readonly hasMore: boolean;
}

export interface AgentNotification {
  readonly contactId: string;
  /** Which delivery of the voicemail this is: 1 is the first. */
  readonly round: number;
  readonly userIds: readonly string[];
  readonly texts: NotificationTexts;
  readonly expiresAtMs: number;
}

/** How agents get a notification in their workspace. */
export interface Notifying {
  /** `agent`: only the agent whom a voicemail is for, or who is asked first. `queue`: else the agents of its queue. */
  readonly agents: 'agent' | 'queue';
  /** From the end of the call: how long its link works, or its recording is kept. */
  readonly lifeMs: number;
  readonly agentsOfQueue: (queueId: string) => Promise<AgentsOfQueue | undefined>;
  /** A second call for the same delivery makes no second notification. */
  readonly notify: (notification: AgentNotification) => Promise<void>;
}

export interface NotifyAgentsPorts extends ClockPort {
  /** Absent: nobody gets a notification. */
  readonly notifying?: Notifying | undefined;
  readonly instanceArn: string;
  /** Called if the queue has more agents than a notification can have. */
  readonly onAgentsLeftOut: (contactId: string) => void;
  /** Called if the notification failed. */
  readonly onNotNotified: (contactId: string, error: unknown) => void;
}

/** Less is not worth a notification. */
const LEAST_LIFE_MS = 60_000;

/**
 * Notifies agents of a task that was made. Never throws: the task is there, and a hint does not stop anything. A test
 * voicemail is nobody's.
 */
export async function notifyAgents(
  delivery: Delivery,
  round: number,
  ports: NotifyAgentsPorts,
): Promise<void> {
  const { notifying, now } = ports;
  const { contactId, endedAtMs, isTest } = delivery.voicemail;
  if (!notifying || isTest) return;
  const expiresAtMs = endedAtMs + notifying.lifeMs;
  if (expiresAtMs < now() + LEAST_LIFE_MS) return;
  try {
    const userIds = await recipientsOf(delivery, notifying, ports);
    if (userIds.length === 0) return;
    const { recipient, linkUrl } = delivery;
    const name = recipient.preferredAgent?.name ?? recipient.name;
    const texts = notificationTexts(name, linkUrl);
    await notifying.notify({ contactId, round, userIds, texts, expiresAtMs });
  } catch (error) {
    ports.onNotNotified(contactId, error);
  }
}

async function recipientsOf(
  { recipient, voicemail }: Delivery,
  { agents, agentsOfQueue }: Notifying,
  { instanceArn, onAgentsLeftOut }: NotifyAgentsPorts,
): Promise<readonly string[]> {
  if (recipient.preferredAgent) return [recipient.preferredAgent.userId];
  const destination = destinationIn(recipient.queueArn, instanceArn);
  if (destination?.kind === 'agent') return [destination.userId];
  if (!destination || agents === 'agent') return [];
  const found = await agentsOfQueue(destination.queueId);
  if (found?.hasMore) onAgentsLeftOut(voicemail.contactId);
  return found?.userIds ?? [];
}
