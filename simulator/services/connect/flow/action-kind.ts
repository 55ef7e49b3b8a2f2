import type { FlowParts } from './flow-parts.ts';
import { z } from 'zod';
import type { FlowAction, FlowType } from '../../../../flows/language/document.ts';
import type { Contact } from '../contacts/contact.ts';
import type { FlowPaths } from './flow-paths.ts';
import type { FlowScope } from './flow-scope.ts';
import type { StoredFlow } from './flow-store.ts';
import type { Outcome } from './outcome.ts';

/** An action about to run. */
export interface ActionCall {
  readonly action: FlowAction;
  readonly contact: Contact;
  /** The type of the flow that was started: a module has no type of its own. */
  readonly flowType: FlowType;
  /** How many modules deep: 0 in a flow. */
  readonly depth: number;
  readonly scope: FlowScope;
  readonly paths: FlowPaths;
  /** Aborted when the contact ends, or the flow is cut off. */
  readonly signal: AbortSignal;
  readonly parts: FlowParts;
  /** Runs a flow for another contact. */
  readonly start: (flow: StoredFlow, contact: Contact) => void;
}

/** What the simulator knows about one type of action. */
export interface ActionKind {
  /** The name of this type in flow logs. */
  readonly logName: (action: FlowAction) => string;
  /** In other flows it takes its error branch. Absent: it works everywhere. */
  readonly flowTypes?: readonly FlowType[];
  readonly channels?: readonly Contact['channel'][];
  /** Throws NotSimulatedError for what is not simulated, another Error for parameters that cannot be read. */
  readonly run: (call: ActionCall) => Outcome | Promise<Outcome>;
}

/** The types of flows for inbound and transferred calls. */
export const ENTRY_FLOWS = ['CONTACT_FLOW', 'AGENT_TRANSFER', 'QUEUE_TRANSFER'] as const;

/** Text, as the console writes every value; the service accepts numbers and booleans too. */
export const Scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
export const Count = Scalar.transform(Number).pipe(z.number());
export const Flag = Scalar.transform((text) => text.toLowerCase() === 'true');

/** An action whose parameters are read by `parameters`; other parameters are ignored. */
export function actionKind<Shape extends z.ZodType>({
  parameters,
  logName,
  run,
  ...where
}: Pick<ActionKind, 'flowTypes' | 'channels'> & {
  readonly parameters: Shape;
  readonly logName: string | ((action: FlowAction) => string);
  readonly run: (given: z.infer<Shape>, call: ActionCall) => Outcome | Promise<Outcome>;
}): ActionKind {
  return {
    ...where,
    logName: typeof logName === 'string' ? () => logName : logName,
    run(call) {
      const given = parameters.safeParse(call.action.Parameters);
      if (given.success) return run(given.data, call);
      const problems = given.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      throw new Error(`its parameters cannot be read: ${problems.join('; ')}`);
    },
  };
}

/** An action that uses no parameters. */
export function plainAction(
  given: Omit<Parameters<typeof actionKind<z.ZodUnknown>>[0], 'parameters' | 'run'> & {
    readonly run: (call: ActionCall) => Outcome;
  },
): ActionKind {
  const { run, ...rest } = given;
  return actionKind({ ...rest, parameters: z.unknown(), run: (_, call) => run(call) });
}
