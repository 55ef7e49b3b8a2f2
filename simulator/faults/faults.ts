import type { Fault, Interfere } from '../gateway/fault.ts';
import { chance } from './chance.ts';
import type { Disorder } from './disorder.ts';
import type { CallFault, FaultPlan, FaultRule } from './fault-plan.ts';
import { refusalsOf } from './refusals.ts';

export interface Faults {
  /** Replaces the plan; counts begin anew. */
  readonly set: (plan: FaultPlan) => void;
  /** Nothing goes wrong from now on. What has been injected stays told. */
  readonly clear: () => void;
  /** How often each fault has been injected since the last `set`: `throttle`, `crash-after`, `repeated` … */
  readonly injected: () => Readonly<Record<string, number>>;
  /** Whether each rule of the plan has been used, in their order. */
  readonly used: () => readonly boolean[];
}

export interface FaultSource extends Faults {
  readonly interfere: Interfere;
  readonly disorder: Disorder;
}

/** What makes up the calls that fail by chance. A lost answer is the worst of them, so it is frequent. */
const KINDS: readonly CallFault[] = [
  ...Array<CallFault>(3).fill('throttle'),
  ...Array<CallFault>(2).fill('fail'),
  ...Array<CallFault>(2).fill('cut-before'),
  ...Array<CallFault>(2).fill('cut-after'),
  'cut-body',
];
const CRASHES: readonly CallFault[] = ['crash-before', 'crash-during', 'crash-after'];
const MOST_SLOW_MS = 30_000;
const MOST_LATE_MS = 60_000;

type AskedCall = Parameters<Interfere>[0];

/**
 * Lets things go wrong by a plan.
 *
 * Chance goes by the seed and by how manieth call of its kind a call is: which one
 * of many threads is the first is not in the plan, what becomes of the first is.
 */
export function createFaults(first: FaultPlan = {}): FaultSource {
  let plan = first;
  let counts = new Map<string, number>();
  let injected = new Map<string, number>();
  let used = new Set<number>();

  function next(what: string): number {
    const count = (counts.get(what) ?? 0) + 1;
    counts.set(what, count);
    return count;
  }

  function note(what: string): void {
    injected.set(what, (injected.get(what) ?? 0) + 1);
  }

  const roll = (what: string, count: number) => chance(plan.seed ?? 1, what, count);

  function ruleFor(call: AskedCall): FaultRule | undefined {
    let found: FaultRule | undefined;
    // Every rule counts the calls that it means, whichever is taken.
    for (const [index, rule] of (plan.rules ?? []).entries()) {
      if (!isMeant(rule, call)) continue;
      const count = next(`rule ${index}`);
      if (found || (rule.nth !== undefined && rule.nth !== count)) continue;
      found = rule;
      used.add(index);
    }
    return found;
  }

  function byChance({ caller, service, operation, invocation }: AskedCall): FaultRule['fault'] | undefined {
    if (!invocation) return undefined;
    const { failing = 0, crashing = 0, slow = 0 } = plan;
    if (failing + crashing + slow === 0) return undefined;
    const what = `${caller} ${service} ${operation}`;
    const count = next(what);
    const share = roll(what, count);
    const kind = roll(`${what} kind`, count);
    if (share < failing) return pick(KINDS, kind);
    if (share < failing + crashing) return pick(CRASHES, kind);
    if (share < failing + crashing + slow) return { slowMs: 1000 + Math.floor(kind * (MOST_SLOW_MS - 1000)) };
    return undefined;
  }

  function delayMs(share: number, what: string): number | undefined {
    if (share === 0) return undefined;
    const count = next(what);
    if (roll(what, count) >= share) return undefined;
    return Math.floor(roll(`${what} delay`, count) * MOST_LATE_MS);
  }

  return {
    set(wanted) {
      plan = wanted;
      counts = new Map();
      injected = new Map();
      used = new Set();
    },
    clear: () => void (plan = {}),
    injected: () => Object.fromEntries(injected),
    used: () => (plan.rules ?? []).map((_, index) => used.has(index)),
    interfere(call) {
      const fault = ruleFor(call)?.fault ?? byChance(call);
      if (fault === undefined) return undefined;
      note(typeof fault === 'string' ? fault : 'slow');
      return asFault(fault, call, next(`worded ${call.caller} ${call.service} ${call.operation}`));
    },
    disorder: {
      repeatedAfterMs(channel) {
        const ms = delayMs(plan.repeated ?? 0, `repeated ${channel}`);
        if (ms === undefined) return undefined;
        note('repeated');
        // Half of them at once, while the first is being worked on.
        return ms % 2 === 0 ? 0 : ms;
      },
      lateMs(channel) {
        const ms = delayMs(plan.late ?? 0, `late ${channel}`) ?? 0;
        if (ms > 0) note('late');
        return ms;
      },
    },
  };
}

function isMeant({ service, operation, caller, about }: FaultRule, call: AskedCall): boolean {
  return (
    (service === undefined || service === call.service) &&
    (operation === undefined || operation === call.operation) &&
    (caller === undefined || caller === call.caller) &&
    (about === undefined || call.invocation?.isAbout(about) === true)
  );
}

function pick(kinds: readonly CallFault[], share: number): CallFault | undefined {
  return kinds[Math.floor(share * kinds.length)];
}

function asFault(fault: FaultRule['fault'], { service, operation }: AskedCall, count: number): Fault {
  if (typeof fault === 'object') return { delayMs: fault.slowMs };
  const { throttled, failed } = refusalsOf(service);
  switch (fault) {
    case 'throttle':
      return { when: 'before', error: throttled(operation, count) };
    case 'fail':
      return { when: 'before', error: failed(operation, count) };
    case 'cut-before':
      return { when: 'before', error: 'connection cut' };
    case 'cut-after':
      return { when: 'after', error: 'connection cut' };
    case 'cut-body':
      return { when: 'answering', error: 'body cut' };
    case 'hang-before':
      return { when: 'before', error: 'no answer' };
    case 'hang-after':
      return { when: 'after', error: 'no answer' };
    case 'crash-before':
      return { when: 'before', error: 'caller killed' };
    case 'crash-during':
      return { when: 'during', error: 'caller killed' };
    case 'crash-after':
      return { when: 'after', error: 'caller killed' };
  }
}
