import { attributeOf } from './contact-attributes.ts';
import { cut } from './cut.ts';

/** Who gets a voicemail. */
export interface Recipient {
  /** The queue, or an agent's own queue. */
  readonly queueArn: string;
  /** The queue's or the agent's name, for people. */
  readonly name: string;
  /** Who of the queue is asked first. Never there for an agent's own queue. */
  readonly preferredAgent?: { readonly userId: string; readonly name: string } | undefined;
}

/** `Billing`, or `Ana Ruiz (Billing)` where an agent is asked before the queue. */
export function recipientInWords({ name, preferredAgent }: Recipient): string {
  return preferredAgent ? `${preferredAgent.name} (${name})` : name;
}

/** What a queue ARN points at. Ids are as Amazon Connect's API wants them. */
export type Destination =
  | { readonly kind: 'queue'; readonly queueId: string }
  | { readonly kind: 'agent'; readonly userId: string };

const QUEUE_ARN = /^arn:[\w-]+:connect:[\w-]+:\d{12}:instance\/[\w-]+\/queue\/(agent\/)?([\w-]+)$/;

/**
 * What a `vmx3_queue_arn` points at, or undefined if it is not a queue's ARN in
 * the given instance.
 *
 * Source: Amazon Connect administrator guide, "Queues: standard and agent":
 * an agent's queue is `…/queue/agent/<user id>`.
 */
export function destinationIn(queueArn: string, instanceArn: string): Destination | undefined {
  if (!queueArn.startsWith(`${instanceArn}/`)) return undefined;
  const [, agent, id] = QUEUE_ARN.exec(queueArn) ?? [];
  if (!id) return undefined;
  return agent ? { kind: 'agent', userId: id } : { kind: 'queue', queueId: id };
}

/** The agent whom a call's attributes prefer, by user name. */
export interface Preference {
  readonly username?: string;
  /** What is wrong with the attributes, for the agent. */
  readonly notes: readonly string[];
}

/**
 * Whom `vmx3_target` and `vmx3_preferred_agent` ask for. An agent who is named is
 * preferred unless the target is `queue`; a target that is misspelt counts as absent.
 */
export function preferenceIn(attributes: Readonly<Record<string, string>>): Preference {
  const target = attributeOf(attributes, 'vmx3_target')?.trim() ?? '';
  const username = attributeOf(attributes, 'vmx3_preferred_agent')?.trim();
  if (target === 'queue') return { notes: [] };
  const notes = ['', 'agent'].includes(target) ? [] : [`The target "${cut(target, 40)}" is not known.`];
  if (username) return { username, notes };
  const unnamed = 'This message was left for an agent, but none was named, so it is for the whole queue.';
  return { notes: target === 'agent' ? [unnamed] : notes };
}
