import type { Fault, Interfere } from '../gateway/fault.ts';
import { chance } from './chance.ts';
import type { Disorder } from './disorder.ts';
import type { CallFault, FaultPlan, FaultRule } from './fault-plan.ts';
import { refusalsOf } from './refusals.ts';

export interface Faults {
  /** Replaces the plan. All counts start again at zero. */
  readonly set: (plan: FaultPlan) => void;
  /** Nothing goes wrong from now on. `injected` still reports the faults up to now. */
  readonly clear: () => void;
  /** How often each fault has been injected since the last `set`: `throttle`, `crash-after`, `repeated`, … */
  readonly injected: () => Readonly<Record<string, number>>;
  /** For each rule of the plan, in order: whether it has been used. */
  readonly used: () => readonly boolean[];
}

export interface FaultSource extends Faults {
  readonly interfere: Interfere;
  readonly disorder: Disorder;
}

/** The faults of calls that fail by chance. A lost answer is the worst fault, so it is frequent. */
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

/** A plan, and what was injected so far. */
interface PlanRun {
  readonly plan: FaultPlan;
  /** How many calls or deliveries of each kind there were. */
  readonly counts: Map<string, number>;
  readonly injected: Map<string, number>;
  /** Indexes of the rules that have been used. */
  readonly used: Set<number>;
}

/**
 * Injects faults by a plan.
 *
 * Chance depends on the seed and on the number of a call among the calls of its kind. The plan does not say
 * which of many threads makes the first call, but it says what happens to the first call.
 */
export function createFaults(first: FaultPlan = {}): FaultSource {
  let run = startPlan(first);
  return {
    set: (plan) => void (run = startPlan(plan)),
    clear: () => void (run = { ...run, plan: {} }),
    injected: () => Object.fromEntries(run.injected),
    used: () => (run.plan.rules ?? []).map((_, index) => run.used.has(index)),
    interfere(call) {
      const fault = faultByRule(run, call) ?? faultByChance(run, call);
      if (fault === undefined) return undefined;
      count(run.injected, typeof fault === 'string' ? fault : 'slow');
      return asFault(
        fault,
        call,
        count(run.counts, `worded ${call.caller} ${call.service} ${call.operation}`),
      );
    },
    disorder: {
      repeatedAfterMs(channel) {
        const ms = delayMs(run, run.plan.repeated ?? 0, `repeated ${channel}`);
        if (ms === undefined) return undefined;
        count(run.injected, 'repeated');
        // Half of the repetitions come at once, while the first message is being worked on.
        return ms % 2 === 0 ? 0 : ms;
      },
      lateMs(channel) {
        const ms = delayMs(run, run.plan.late ?? 0, `late ${channel}`) ?? 0;
        if (ms > 0) count(run.injected, 'late');
        return ms;
      },
    },
  };
}

function startPlan(plan: FaultPlan): PlanRun {
  return { plan, counts: new Map(), injected: new Map(), used: new Set() };
}

/** Adds one, and returns the new count. */
function count(counts: Map<string, number>, what: string): number {
  const next = (counts.get(what) ?? 0) + 1;
  counts.set(what, next);
  return next;
}

function faultByRule({ plan, counts, used }: PlanRun, call: AskedCall): FaultRule['fault'] | undefined {
  let found: FaultRule | undefined;
  // Every rule counts the calls that it fits, even if another rule is used.
  for (const [index, rule] of (plan.rules ?? []).entries()) {
    if (!isMeant(rule, call)) continue;
    const nth = count(counts, `rule ${index}`);
    if (found || (rule.nth !== undefined && rule.nth !== nth)) continue;
    found = rule;
    used.add(index);
  }
  return found?.fault;
}

function faultByChance(
  { plan, counts }: PlanRun,
  { caller, service, operation, invocation }: AskedCall,
): FaultRule['fault'] | undefined {
  if (!invocation) return undefined;
  const { failing = 0, crashing = 0, slow = 0 } = plan;
  if (failing + crashing + slow === 0) return undefined;
  const what = `${caller} ${service} ${operation}`;
  const nth = count(counts, what);
  const share = roll(plan, what, nth);
  const kind = roll(plan, `${what} kind`, nth);
  if (share < failing) return pick(KINDS, kind);
  if (share < failing + crashing) return pick(CRASHES, kind);
  if (share < failing + crashing + slow) return { slowMs: 1000 + Math.floor(kind * (MOST_SLOW_MS - 1000)) };
  return undefined;
}

/** Undefined: there is no delay this time. */
function delayMs({ plan, counts }: PlanRun, share: number, what: string): number | undefined {
  if (share === 0) return undefined;
  const nth = count(counts, what);
  if (roll(plan, what, nth) >= share) return undefined;
  return Math.floor(roll(plan, `${what} delay`, nth) * MOST_LATE_MS);
}

function roll({ seed = 1 }: FaultPlan, what: string, nth: number): number {
  return chance(seed, what, nth);
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

function asFault(fault: FaultRule['fault'], { service, operation }: AskedCall, nth: number): Fault {
  if (typeof fault === 'object') return { delayMs: fault.slowMs };
  const { throttled, failed } = refusalsOf(service);
  switch (fault) {
    case 'throttle':
      return { when: 'before', error: throttled(operation, nth) };
    case 'fail':
      return { when: 'before', error: failed(operation, nth) };
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
