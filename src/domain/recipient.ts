import { quoted } from './clean-text.ts';
import { attributeOf, type ContactAttributeName } from './contact-attributes.ts';
import type { Voicemail } from './voicemail.ts';

/** Who gets a voicemail. */
export interface Recipient {
  /** The queue, or an agent's own queue. */
  readonly queueArn: string;
  /** The queue's or the agent's name, for people. */
  readonly name: string;
  /** The agent of the queue who is asked first. Absent for an agent's own queue. */
  readonly preferredAgent?: { readonly userId: string; readonly name: string } | undefined;
}

/** `Billing`, or `Ana Ruiz (Billing)` if an agent is asked before the queue. */
export function recipientInWords({ name, preferredAgent }: Recipient): string {
  return preferredAgent ? `${preferredAgent.name} (${name})` : name;
}

/** The target of a queue ARN, with ids for Amazon Connect's API. */
export type Destination =
  | { readonly kind: 'queue'; readonly queueId: string }
  | { readonly kind: 'agent'; readonly userId: string };

const QUEUE_ARN = /^arn:[\w-]+:connect:[\w-]+:\d{12}:instance\/[\w-]+\/queue\/(agent\/)?([\w-]+)$/;

/**
 * The target of a `vmx3_queue_arn`, or undefined if it is not a queue's ARN in the given instance.
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

/** Attributes of a call that name somebody in particular. They do not count for others. */
const NAMING: readonly ContactAttributeName[] = ['vmx3_preferred_agent', 'vmx3_email_to', 'email_to'];

/** The voicemail as if it had been left for this queue, or agent queue. */
export function assignedVoicemail(voicemail: Voicemail, queueArn: string): Voicemail {
  const attributes = Object.entries(voicemail.attributes).filter(
    ([name]) => !NAMING.some((one) => one === name),
  );
  return { ...voicemail, queueArn, attributes: { ...Object.fromEntries(attributes), vmx3_target: 'queue' } };
}

/** The agent whom a call's attributes prefer, by user name. */
export interface Preference {
  readonly username?: string;
  /** A note for the agent about wrong attributes. */
  readonly notes: readonly string[];
}

/**
 * The agent that `vmx3_target` and `vmx3_preferred_agent` ask for. A named agent is preferred unless the
 * target is `queue`; an unknown target counts as absent.
 */
export function preferenceIn(attributes: Readonly<Record<string, string>>): Preference {
  const target = attributeOf(attributes, 'vmx3_target')?.trim() ?? '';
  const username = attributeOf(attributes, 'vmx3_preferred_agent')?.trim().toWellFormed();
  if (target === 'queue') return { notes: [] };
  const notes = ['', 'agent'].includes(target) ? [] : [`The target ${quoted(target, 40)} is not known.`];
  if (username) return { username, notes };
  const unnamed = 'This message was left for an agent, but none was named, so it is for the whole queue.';
  return { notes: target === 'agent' ? [unnamed] : notes };
}
