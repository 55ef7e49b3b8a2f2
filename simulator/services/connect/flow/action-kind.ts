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
  /** Of the flow that was started: a module has no type of its own. */
  readonly flowType: FlowType;
  /** How many modules deep: 0 in a flow. */
  readonly depth: number;
  readonly scope: FlowScope;
  readonly paths: FlowPaths;
  /** Aborted when the contact ends, or the flow is cut off. */
  readonly signal: AbortSignal;
  readonly parts: FlowParts;
  /** Has another contact run a flow of its own. */
  readonly start: (flow: StoredFlow, contact: Contact) => void;
}

/** What the simulator knows of one type of action. */
export interface ActionKind {
  /** The name that flow logs have for it. */
  readonly logName: (action: FlowAction) => string;
  /** Elsewhere it takes its error branch. Absent: everywhere. */
  readonly flowTypes?: readonly FlowType[];
  readonly channels?: readonly Contact['channel'][];
  /** Throws an Error for what cannot be simulated. */
  readonly run: (call: ActionCall) => Outcome | Promise<Outcome>;
}

/** The flows that take calls in, or on. */
export const ENTRY_FLOWS = ['CONTACT_FLOW', 'AGENT_TRANSFER', 'QUEUE_TRANSFER'] as const;

/** Text as the console writes all of it; the service takes numbers and booleans too. */
export const Scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
export const Count = Scalar.transform(Number).pipe(z.number());
export const Flag = Scalar.transform((text) => text.toLowerCase() === 'true');

/** An action with its parameters read by `parameters`, others left aside. */
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

/** An action without parameters that matter. */
export function plainAction(
  given: Omit<Parameters<typeof actionKind<z.ZodUnknown>>[0], 'parameters' | 'run'> & {
    readonly run: (call: ActionCall) => Outcome;
  },
): ActionKind {
  const { run, ...rest } = given;
  return actionKind({ ...rest, parameters: z.unknown(), run: (_, call) => run(call) });
}
