import type { Contact } from '../contacts/contact.ts';
import type { FlowRun } from '../flow/flow-run.ts';
import { arnIn, type QueuePlace, type User, type World } from '../world.ts';

/** A contact in a queue. It stays in the queue while it rings at an agent. */
export interface Waiting {
  readonly contact: Contact;
  readonly queue: QueuePlace;
  readonly sinceMs: number;
  /** When the steps of its routing criteria began. */
  criteriaSinceMs: number;
  /** The flow that the caller hears meanwhile. */
  queueFlow?: FlowRun;
  isRinging: boolean;
}

/** The order of contacts: by priority, then by time waited, both as flows have adjusted them. */
export function inOrder(waiting: Iterable<Waiting>): readonly Waiting[] {
  return [...waiting].toSorted((a, b) => priority(a) - priority(b) || countsSinceMs(a) - countsSinceMs(b));
}

/** Whether the contact's routing criteria allow that agent now. */
export function isMeantFor(world: World, waiting: Waiting, { id }: User, nowMs: number): boolean {
  const step = stepAt(waiting, nowMs);
  return !step || step.agentIds.some((agentId) => agentId === id || agentId === arnIn(world, 'agent', id));
}

/** When its routing criteria become less strict: never, or epoch milliseconds. */
export function relaxesAtMs(waiting: Waiting, nowMs: number): number {
  return stepAt(waiting, nowMs)?.untilMs ?? Infinity;
}

/** The current step. Undefined: all steps have expired, any agent is allowed. */
function stepAt({ contact, criteriaSinceMs }: Waiting, nowMs: number) {
  let untilMs = criteriaSinceMs;
  for (const { agentIds, forMs } of contact.settings.routingSteps) {
    untilMs += forMs;
    if (nowMs < untilMs) return { agentIds, untilMs };
  }
  return undefined;
}

function priority({ contact }: Waiting): number {
  return contact.settings.queuePriority;
}

function countsSinceMs({ contact, sinceMs }: Waiting): number {
  return sinceMs - contact.settings.queueTimeAdjustmentMs;
}
