import type { Contact } from '../contacts/contact.ts';
import type { FlowRun } from '../flow/flow-run.ts';
import { arnIn, type Proficiency, type QueuePlace, type User, type World } from '../world.ts';

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
export function isMeantFor(world: World, waiting: Waiting, user: User, nowMs: number): boolean {
  const { agentIds, proficiencies = [] } = stepAt(waiting, nowMs) ?? {};
  const ids: readonly string[] = [user.id, arnIn(world, 'agent', user.id)];
  return (
    (agentIds?.some((agentId) => ids.includes(agentId)) ?? true) &&
    proficiencies.every((needed) => isGoodAt(user, needed))
  );
}

function isGoodAt({ proficiencies = [] }: User, needed: Proficiency): boolean {
  return proficiencies.some(
    ({ name, value, level }) => name === needed.name && value === needed.value && level >= needed.level,
  );
}

/** When its routing criteria become less strict: never, or epoch milliseconds. */
export function relaxesAtMs(waiting: Waiting, nowMs: number): number {
  return stepAt(waiting, nowMs)?.untilMs ?? Infinity;
}

/** The current step. Undefined: all steps have expired, any agent is allowed. */
function stepAt({ contact, criteriaSinceMs }: Waiting, nowMs: number) {
  let untilMs = criteriaSinceMs;
  for (const step of contact.settings.routingSteps) {
    untilMs += step.forMs;
    if (nowMs < untilMs) return { ...step, untilMs };
  }
  return undefined;
}

function priority({ contact }: Waiting): number {
  return contact.settings.queuePriority;
}

function countsSinceMs({ contact, sinceMs }: Waiting): number {
  return sinceMs - contact.settings.queueTimeAdjustmentMs;
}
