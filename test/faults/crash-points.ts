import type { FaultRule } from '../../simulator/faults/fault-plan.ts';
import type { Happening } from '../../simulator/happenings.ts';
import type { Deployment } from '../../simulator/template/deployment.ts';

/** The nth call of its kind that a function makes for a voicemail. */
export type Call = Required<Pick<FaultRule, 'caller' | 'service' | 'operation' | 'nth'>>;

/** A call, and whether the function dies before or after it. */
export interface Point extends Call {
  readonly fault: 'crash-before' | 'crash-after';
}

const SWEEP = 'sweep';

/** The part of a simulator that knows its functions' names. */
interface Stack {
  readonly deployment: Pick<Deployment, 'idOf'> & { readonly functions: object };
}

/** The logical id of a function, by its bundle's name. */
export function idOf({ deployment }: Stack, bundle: string): string {
  return deployment.idOf('AWS::Lambda::Function', bundle);
}

/**
 * The calls that functions made for one voicemail, in order. Messages of others can come back at any time:
 * their calls do not count. Nor do the calls of the sweep, which runs every minute.
 */
export function callsIn(
  happenings: readonly Happening[],
  { deployment }: Stack,
  contactId: string,
): readonly Call[] {
  const sweep = idOf({ deployment }, SWEEP);
  const callers = Object.keys(deployment.functions).filter((caller) => caller !== sweep);
  return counted(happenings, (call) => callers.includes(call.caller) && call.about.includes(contactId));
}

/**
 * One call of each kind that the sweep made for this voicemail, or for none in particular. The sweep reads
 * the ledger, so only its requests say which voicemail they are for.
 */
export function callsOfSweep(
  happenings: readonly Happening[],
  { deployment }: Stack,
  { contactId, others }: { readonly contactId: string; readonly others: readonly string[] },
): readonly Call[] {
  const sweep = idOf({ deployment }, SWEEP);
  const isMeant = ({ caller, about }: ApiCall) =>
    caller === sweep && (about.includes(contactId) || !about.some((id) => others.includes(id)));
  return counted(happenings, isMeant).filter(({ nth }) => nth === 1);
}

type ApiCall = Happening & { kind: 'api-call' };

function counted(happenings: readonly Happening[], isMeant: (call: ApiCall) => boolean): readonly Call[] {
  const counts = new Map<string, number>();
  return happenings.flatMap((one) => {
    if (one.kind !== 'api-call' || !isMeant(one)) return [];
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
