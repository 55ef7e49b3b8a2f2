import type { FlowStart } from './flow-parts.ts';
import { setImmediate } from 'node:timers/promises';
import type { FlowAction, FlowType } from '../../../../flows/language/document.ts';
import type { Clock } from '../../../clock.ts';
import type { Contact } from '../contacts/contact.ts';
import { ACTION_KINDS } from './action-kinds.ts';
import { type ActionCall, type ActionKind, ENTRY_FLOWS } from './action-kind.ts';
import { logAction } from './flow-log.ts';
import { flowPaths } from './flow-paths.ts';
import type { FlowEnd } from './flow-run.ts';
import { type FlowScope, newFlowScope } from './flow-scope.ts';
import type { StoredFlow } from './flow-store.ts';
import { goOnWithout, NotSimulatedError } from './not-simulated.ts';
import { type Choice, nextAction, NO_MATCHING_ERROR, type Outcome } from './outcome.ts';

/** About Connect's own limit for a flow in an endless loop. */
const MOST_ACTIONS_WITHOUT_WAITING = 1000;
/** An action that took this long was waiting for something. */
const WAIT_MS = 50;
/** After so many actions, other work gets a turn. */
const ACTIONS_PER_TURN = 50;

const TAKES_CONTACTS_IN: ReadonlySet<FlowType> = new Set(ENTRY_FLOWS);

/** What all actions of a run share. */
type Surroundings = Pick<ActionCall, 'parts' | 'signal' | 'start'>;

/** The flow, or a module within it. */
interface Frame {
  readonly flow: StoredFlow;
  readonly scope: FlowScope;
  /** The action that called the module. Absent in a flow. */
  readonly caller?: FlowAction;
}

/**
 * Runs the actions of a flow, of the modules it calls and of the flows it transfers to, one after the other.
 * Throws an Error that names the flow and the action if an action cannot be run; with `isStrict` also if it is not
 * simulated.
 */
export async function runActions(
  { flow, contact, agent }: FlowStart,
  { parts, signal, start }: Surroundings,
): Promise<FlowEnd> {
  const { clock, world } = parts;
  let outer: readonly Frame[] = [];
  let frame: Frame = { flow, scope: newFlowScope() };
  let next: string | undefined = flow.document.StartAction;
  let sinceWait = 0;

  while (!signal.aborted) {
    const flowType = (outer[0] ?? frame).flow.type;
    const action = findAction(frame, next);
    if (!action) return { kind: staysAfter(flowType, contact) ? 'ended' : 'disconnected' };
    sinceWait += 1;
    if (sinceWait > MOST_ACTIONS_WITHOUT_WAITING) {
      throw failure(frame, action, new Error(`${MOST_ACTIONS_WITHOUT_WAITING} actions without waiting`));
    }
    if (sinceWait % ACTIONS_PER_TURN === 0) {
      await oneTurn(clock);
      if (signal.aborted) break;
    }

    const { scope } = frame;
    const paths = flowPaths({ contact, agent, scope, world });
    const depth = outer.length;
    const call = { action, contact, flowType, depth, scope, paths, signal, parts, start };
    const beganAtMs = clock.now();
    const outcome = await runAction(call, frame);
    if (clock.now() - beganAtMs >= WAIT_MS) sinceWait = 0;

    switch (outcome.kind) {
      case 'disconnected':
      case 'queued':
        return outcome;
      case 'finished':
        next = undefined;
        break;
      case 'module':
        outer = [...outer, frame];
        frame = { flow: outcome.module, scope: newFlowScope(), caller: action };
        next = outcome.module.document.StartAction;
        break;
      case 'return':
        next = frame.caller?.Transitions.NextAction;
        frame = outer.at(-1) ?? frame;
        outer = outer.slice(0, -1);
        break;
      case 'flow':
        outer = [];
        frame = { flow: outcome.flow, scope: newFlowScope() };
        next = outcome.flow.document.StartAction;
        break;
      case 'done':
      case 'result':
      case 'error':
        next = chosenAction(call, outcome, frame);
    }
  }
  return { kind: 'stopped' };
}

function findAction({ flow }: Frame, identifier: string | undefined): FlowAction | undefined {
  return flow.document.Actions.find(({ Identifier }) => Identifier === identifier);
}

/**
 * Whether a contact goes on although its flow has ended: it waits in a queue, or the flow was not its main
 * flow.
 */
function staysAfter(flowType: FlowType, { queueStay }: Contact): boolean {
  if (!TAKES_CONTACTS_IN.has(flowType)) return true;
  return queueStay !== undefined && queueStay.dequeuedAtMs === undefined;
}

/** An action that this type of flow or channel does not support takes its error branch. */
async function runAction(call: ActionCall, frame: Frame): Promise<Outcome> {
  const { action, contact } = call;
  const kind = ACTION_KINDS[action.Type];
  const isLogged = contact.settings.isLogging;
  if (isLogged) logAction(call, frame.flow, kind);
  try {
    const outcome = await outcomeOf(call, kind);
    if (!isLogged && contact.settings.isLogging) logAction(call, frame.flow, kind);
    return outcome;
  } catch (error) {
    throw failure(frame, action, error);
  }
}

async function outcomeOf(call: ActionCall, kind: ActionKind | undefined): Promise<Outcome> {
  const { contact, flowType, parts } = call;
  const { flowTypes = [flowType], channels = [contact.channel] } = kind ?? {};
  if (!flowTypes.includes(flowType) || !channels.includes(contact.channel)) return NO_MATCHING_ERROR;
  try {
    if (!kind) throw new NotSimulatedError('the simulator does not know this type of action');
    return await kind.run(call);
  } catch (error) {
    if (!(error instanceof NotSimulatedError) || parts.isStrict) throw error;
    return goOnWithout(error, call);
  }
}

function chosenAction({ action, paths }: ActionCall, choice: Choice, frame: Frame): string | undefined {
  try {
    return nextAction(action.Transitions, choice, paths.text);
  } catch (error) {
    throw failure(frame, action, error);
  }
}

function failure({ flow }: Frame, { Identifier, Type }: FlowAction, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(`flow ${flow.name}, action ${Identifier} (${Type}): ${reason}`, { cause });
}

async function oneTurn(clock: Clock): Promise<void> {
  const done = clock.busy();
  await setImmediate();
  done();
}
