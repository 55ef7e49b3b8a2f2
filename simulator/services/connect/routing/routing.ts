import type { Contact } from '../contacts/contact.ts';
import type { Channel } from '../world.ts';

/** What CheckMetricData and GetMetricData know about a queue, or an agent's. */
export interface QueueMetrics {
  /** Signed in, in a routable state, and free for the contact's channel. */
  readonly agentsAvailable: number;
  /** Signed in and not Offline: available, on contact, in after-contact work, or in an error state. */
  readonly agentsStaffed: number;
  readonly agentsOnline: number;
  readonly contactsInQueue: number;
  /** 0 where nobody waits. */
  readonly oldestContactAgeMs: number;
}

/** Queues, and the agents who are offered what waits in them. */
export interface Routing {
  /**
   * Puts a contact into its target queue, and runs the customer queue flow for it.
   * Answers what went wrong as flows tell it apart: `at-capacity`, `no-queue` (none
   * is set, or the contact is in a queue already).
   */
  readonly enqueue: (contact: Contact) => 'queued' | 'at-capacity' | 'no-queue';
  /** Out of a queue flow into another queue. Answers as `enqueue` does. */
  readonly moveTo: (contact: Contact, queueArn: string) => 'queued' | 'at-capacity' | 'no-queue';
  /** Of a queue or an agent's queue, over one channel or all. Undefined: there is no such queue. */
  readonly metrics: (queueArn: string, channel?: Channel) => QueueMetrics | undefined;
  /** An agent's desk, by username. Throws an Error for one the instance does not have. */
  readonly agent: (username: string) => AgentDesk;
}

type AgentState = 'Offline' | 'Available' | 'Break';

/** `Missed`: let a contact ring, or rejected it, and is offered none until `Available` again. */
export type AgentPresence = AgentState | 'Missed' | 'SignedOut';

/**
 * What an agent does in the agent workspace. Throws an Error for what cannot be done now.
 *
 * In fast time a ring is over in no time: an agent who shall answer does so on the
 * happening `agent` with `did: 'offered'`, and looks at a view on the happening `guide`.
 */
export interface AgentDesk {
  readonly username: string;
  readonly presence: () => AgentPresence;
  /** Signs in where need be. */
  readonly become: (state: AgentState) => void;
  /** What rings is in the queue again. Not with a contact in hand. */
  readonly signOut: () => void;
  /** Contacts that ring, or wait to be accepted, the oldest first. */
  readonly offered: () => readonly string[];
  /** Contacts in hand, in after-contact work as well. */
  readonly inHand: () => readonly string[];
  /** Until the whispers are over and agent and caller hear each other, or the caller hung up. */
  readonly accept: (contactId: string) => Promise<void>;
  readonly reject: (contactId: string) => void;
  /** Hangs up, or ends the task, and is done with after-contact work, which else takes ten seconds. */
  readonly finish: (contactId: string) => void;
  /** The guide that opened with a contact. Undefined: there is none, or not yet. */
  readonly guide: (contactId: string) => OpenGuide | undefined;
}

/** A view on an agent's screen. */
export interface OpenGuide {
  /** The guide is a contact of its own. */
  readonly guideContactId: string;
  readonly viewId: string;
  /** What the flow gave the view. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The view's content with `$.…` replaced by the data: what the workspace draws. */
  readonly rendered: unknown;
  /** The agent presses a button of the view, such as `Close`. */
  readonly act: (action: string, submitted?: Readonly<Record<string, unknown>>) => void;
}
