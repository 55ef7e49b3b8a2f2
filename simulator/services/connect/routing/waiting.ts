import type { Contact } from '../contacts/contact.ts';
import type { FlowRun } from '../flow/flow-run.ts';
import { arnIn, type QueuePlace, type User, type World } from '../world.ts';

/** A contact in a queue. It still is while it rings at an agent's. */
export interface Waiting {
  readonly contact: Contact;
  readonly queue: QueuePlace;
  readonly sinceMs: number;
  /** From when on the steps of its routing criteria count. */
  criteriaSinceMs: number;
  /** What the caller hears meanwhile. */
  queueFlow?: FlowRun;
  isRinging: boolean;
}

/** Whose turn it is first: by priority, then by time waited, as flows have adjusted it. */
export function inOrder(waiting: Iterable<Waiting>): readonly Waiting[] {
  return [...waiting].toSorted((a, b) => priority(a) - priority(b) || countsSinceMs(a) - countsSinceMs(b));
}

/** Whether the contact's routing criteria let that agent have it now. */
export function isMeantFor(world: World, waiting: Waiting, { id }: User, nowMs: number): boolean {
  const step = stepAt(waiting, nowMs);
  return !step || step.agentIds.some((agentId) => agentId === id || agentId === arnIn(world, 'agent', id));
}

/** When its routing criteria become less strict: never, or epoch milliseconds. */
export function relaxesAtMs(waiting: Waiting, nowMs: number): number {
  return stepAt(waiting, nowMs)?.untilMs ?? Infinity;
}

/** Steps follow each other. Undefined: all are over, anybody will do. */
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
