import type { FaultRule } from '../../simulator/faults/fault-plan.ts';
import type { Happening } from '../../simulator/happenings.ts';
import type { Simulator } from '../../simulator/simulator.ts';

/** The how manieth call of its kind that a function makes. */
export type Call = Required<Pick<FaultRule, 'caller' | 'service' | 'operation' | 'nth'>>;

/** A call, and whether the function dies before or after it. */
export interface Point extends Call {
  readonly fault: 'crash-before' | 'crash-after';
}

const SWEEP = 'sweep';

/** The logical id of a function, by its bundle's name. */
export function idOf({ deployment }: Simulator, bundle: string): string {
  return deployment.idOf('AWS::Lambda::Function', bundle);
}

/** The calls that functions made, in order. Those of the sweep, which goes round every minute, are left out. */
export function callsIn(happenings: readonly Happening[], simulator: Simulator): readonly Call[] {
  const sweep = idOf(simulator, SWEEP);
  const callers = Object.keys(simulator.deployment.functions).filter((caller) => caller !== sweep);
  return counted(happenings, callers);
}

/** One call of each kind that the sweep made. */
export function callsOfSweep(happenings: readonly Happening[], simulator: Simulator): readonly Call[] {
  return counted(happenings, [idOf(simulator, SWEEP)]).filter(({ nth }) => nth === 1);
}

function counted(happenings: readonly Happening[], callers: readonly string[]): readonly Call[] {
  const counts = new Map<string, number>();
  return happenings.flatMap((one) => {
    if (one.kind !== 'api-call' || !callers.includes(one.caller)) return [];
    const { caller, service, operation } = one;
    const what = `${caller} ${service} ${operation}`;
    const nth = (counts.get(what) ?? 0) + 1;
    counts.set(what, nth);
    return [{ caller, service, operation, nth }];
  });
}

export function inWords({ caller, service, operation, nth }: Call): string {
  return `${caller} ${service} ${operation} ${nth}`;
}

export function bothWaysToDie(call: Call): readonly Point[] {
  return (['crash-before', 'crash-after'] as const).map((fault) => ({ ...call, fault }));
}
