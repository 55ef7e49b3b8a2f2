import type { Contact } from '../contacts/contact.ts';
import type { Channel, QueuePlace } from '../world.ts';

/** The metrics of a queue, or an agent's queue, for CheckMetricData and GetMetricData. */
export interface QueueMetrics {
  /** Signed in, in a routable state, and free for the contact's channel. */
  readonly agentsAvailable: number;
  /** Signed in and not Offline: available, on contact, in after-contact work, or in an error state. */
  readonly agentsStaffed: number;
  readonly agentsOnline: number;
  readonly contactsInQueue: number;
  /** 0 if nobody waits. */
  readonly oldestContactAgeMs: number;
}

/** What the API tells about queues. */
export interface QueueCounts {
  /** The metrics of several queues together. */
  readonly metricsOver: (queues: readonly QueuePlace[], channel?: Channel) => QueueMetrics;
  /** A contact's place in its queue, from 1. Undefined: it is in none. */
  readonly positionOf: (contactId: string) => number | undefined;
}

/** Queues, and the agents to whom waiting contacts are offered. */
export interface Routing {
  /**
   * Puts a contact into its target queue, and runs the customer queue flow for it. Returns the error of the
   * flow action, if any: `at-capacity`, or `no-queue` (none is set, it is disabled, or the contact is
   * in a queue already).
   */
  readonly enqueue: (contact: Contact) => 'queued' | 'at-capacity' | 'no-queue';
  /** Moves a contact from a queue flow into another queue. Returns the same as `enqueue`. */
  readonly moveTo: (contact: Contact, queueArn: string) => 'queued' | 'at-capacity' | 'no-queue';
  /**
   * The metrics of a queue or an agent's queue, over one channel or all. Undefined: there is no such queue.
   */
  readonly metrics: (queueArn: string, channel?: Channel) => QueueMetrics | undefined;
  /** An agent's desk, by username. Throws an Error for an unknown agent. */
  readonly agent: (username: string) => AgentDesk;
}

type AgentState = 'Offline' | 'Available' | 'Break';

/** `Missed`: the agent missed or rejected a contact, and is offered none until `Available` again. */
export type AgentPresence = AgentState | 'Missed' | 'SignedOut';

/**
 * The agent workspace of one agent. An action throws an Error if it is not possible now.
 *
 * In fast time a ring ends at once: to answer a contact, listen for the happening `agent` with `did:
 * 'offered'`; to read a view, for the happening `guide`.
 */
export interface AgentDesk {
  readonly username: string;
  readonly presence: () => AgentPresence;
  /** Changes the state, and signs in if necessary. */
  readonly become: (state: AgentState) => void;
  /** Ringing contacts go back into their queues. Throws an Error with a contact in hand. */
  readonly signOut: () => void;
  /** Contacts that ring, the oldest first. */
  readonly offered: () => readonly string[];
  /** Contacts in hand, also those in after-contact work. */
  readonly inHand: () => readonly string[];
  /** Resolves when the whispers are over and agent and caller hear each other, or the caller hung up. */
  readonly accept: (contactId: string) => Promise<void>;
  readonly reject: (contactId: string) => void;
  /** Hangs up, or ends the task, and ends after-contact work, which otherwise takes ten seconds. */
  readonly finish: (contactId: string) => void;
  /** The guide that opened with a contact. Undefined: there is none, or none yet. */
  readonly guide: (contactId: string) => OpenGuide | undefined;
}

/** A view on an agent's screen. */
export interface OpenGuide {
  /** The guide is a contact of its own. */
  readonly guideContactId: string;
  readonly viewId: string;
  /** The flow's data for the view. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The view's content with `$.…` replaced by the data, as the workspace draws it. */
  readonly rendered: unknown;
  /** The agent presses a button of the view, such as `Close`. */
  readonly act: (action: string, submitted?: Readonly<Record<string, unknown>>) => void;
}
