import { randomUUID } from 'node:crypto';
import type { FlowDocument } from '../../flows/language/document.ts';
import type { Clock } from '../clock.ts';
import type { Happenings } from '../happenings.ts';
import type { SimulatedConnect } from '../services/connect/connect.ts';
import type { AgentDesk } from '../services/connect/routing/routing.ts';
import type { CallerStep } from '../services/connect/voice/caller-script.ts';
import type { FlowCall } from '../services/connect/voice/flow-call.ts';
import type { SimulatedSes } from '../services/ses/ses.ts';
import { acceptTask, NotOfferedError } from './accept-task.ts';
import type { AgentShifts } from './agent-shift.ts';
import { type CallScope, callScope } from './call-scope.ts';
import type { ControlHost } from './control-host.ts';
import type { CallEvent, CallRequest, CallResult } from './control-schema.ts';
import { flowTimeZone } from './flow-time-zone.ts';
import type { Journal } from './journal.ts';
import { takeCalls } from './take-calls.ts';
import type { Turns } from './turns.ts';

export interface RunCallParts {
  readonly clock: Clock;
  readonly happenings: Happenings;
  readonly connect: SimulatedConnect;
  readonly ses: Pick<SimulatedSes, 'mails'>;
  readonly turns: Turns;
  readonly shifts: AgentShifts;
  /** Undefined: nobody follows what calls lead to. */
  readonly host: ControlHost | undefined;
}

/** A request that was checked. */
export interface CheckedCall {
  readonly request: CallRequest;
  readonly flow: { readonly name: string; readonly document: FlowDocument; readonly id?: string };
  readonly script: readonly CallerStep[];
  /** When it comes in, epoch milliseconds. Absent: now. */
  readonly atMs?: number;
}

export interface RunningCall {
  readonly hangUp: () => void;
  /** Resolves when the journal has ended. */
  readonly ended: Promise<void>;
}

/** Places a call when it is its turn, and writes what happens to it into its journal. */
export function runCall(checked: CheckedCall, journal: Journal<CallEvent>, parts: RunCallParts): RunningCall {
  const hungUp = new AbortController();
  const ended = play({ checked, journal, hungUp: hungUp.signal }, parts)
    .catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      journal.write({ kind: 'result', result: { kind: 'failed', reasons: [why] }, heard: [] });
    })
    .finally(journal.end);
  return { hangUp: () => hungUp.abort(), ended };
}

interface Play {
  readonly checked: CheckedCall;
  readonly journal: Journal<CallEvent>;
  readonly hungUp: AbortSignal;
}

async function play({ checked, journal, hungUp }: Play, parts: RunCallParts): Promise<void> {
  const { connect, turns } = parts;
  const { flow, atMs } = checked;
  const timeZone = flowTimeZone(flow.document, connect.world);
  const wish = atMs !== undefined && {
    atMs,
    onWait: (calls: number) => journal.write({ kind: 'waiting', calls }),
    onLeap: (leap: { fromMs: number; toMs: number }) => journal.write({ kind: 'leapt', ...leap, timeZone }),
  };
  await turns.begin(wish || undefined);
  const ownFlowId = flow.id === undefined ? addFlow(flow, connect) : undefined;
  const flowId = flow.id ?? ownFlowId ?? '';
  try {
    if (hungUp.aborted) throw new Error('The caller hung up before the call was placed.');
    const { call, scope, desk } = placed({ checked, flowId, timeZone, journal }, parts);
    hungUp.addEventListener('abort', call.hangUp);
    await follow({ call, scope, desk, journal }, parts);
  } finally {
    if (ownFlowId !== undefined) connect.flows.remove(ownFlowId);
    turns.end();
  }
}

/** Returns the id. */
function addFlow({ name, document }: CheckedCall['flow'], { flows, world }: SimulatedConnect): string {
  const id = randomUUID();
  flows.add({ id, arn: `${world.instanceArn}/contact-flow/${id}`, type: 'CONTACT_FLOW', name, document });
  return id;
}

interface Order {
  readonly checked: CheckedCall;
  readonly flowId: string;
  readonly timeZone: string;
  readonly journal: Journal<CallEvent>;
}

function placed(
  { checked: { request, flow, script }, flowId, timeZone, journal }: Order,
  { clock, happenings, connect, ses, shifts, host }: RunCallParts,
): { readonly call: FlowCall; readonly scope: CallScope; readonly desk: AgentDesk | undefined } {
  const { from, attributes, isLogging, hangUpAfterMs, agent } = request;
  const contactId = randomUUID();
  const scope = callScope(contactId, { happenings, connect, ses });
  const desk = agent && shifts.begin(agent.username);
  scope.listen((happening) => {
    if (happening.kind !== 'log' && happening.kind !== 'api-call')
      journal.write({ kind: 'happening', happening });
  });
  if (desk && agent?.freeAfterMs !== undefined)
    takeCalls({ clock, connect }, { desk, freeAfterMs: agent.freeAfterMs, scope });
  const placedEvent = {
    contactId,
    flow: flow.name,
    atMs: clock.now(),
    timeZone,
    functions: Object.fromEntries(host?.functions() ?? []),
  };
  journal.write({ kind: 'placed', ...placedEvent });
  const call = connect.call({
    contactId,
    from,
    flow: flowId,
    script,
    ...(attributes && { attributes }),
    ...(isLogging !== undefined && { isLogging }),
    ...(hangUpAfterMs !== undefined && { hangUpAfterMs }),
  });
  return { call, scope, desk };
}

interface Followed {
  readonly call: FlowCall;
  readonly scope: CallScope;
  readonly desk: AgentDesk | undefined;
  readonly journal: Journal<CallEvent>;
}

async function follow({ call, scope, desk, journal }: Followed, parts: RunCallParts): Promise<void> {
  const { clock, happenings, host, shifts } = parts;
  const result = await (host ? host.resultOf({ call, clock, scope }) : endOf(call));
  const accepted =
    desk && 'task' in result
      ? await acceptTask({ clock, happenings }, { desk, task: result.task }).catch(problemOf)
      : undefined;
  if (desk) shifts.end(desk, scope);
  const shown = accepted instanceof NotOfferedError ? { agentProblem: accepted.message } : guideIn(accepted);
  journal.write({ kind: 'result', result, heard: call.heard(), ...shown });
}

function guideIn(guide: Exclude<Awaited<ReturnType<typeof acceptTask>>, undefined> | undefined) {
  return guide && { guide: { viewId: guide.viewId, data: { ...guide.data }, rendered: guide.rendered } };
}

function problemOf(error: unknown): NotOfferedError {
  if (error instanceof NotOfferedError) return error;
  throw error;
}

async function endOf({ ended }: FlowCall): Promise<CallResult> {
  await ended;
  return { kind: 'nothing', why: 'The call has ended. Nothing here follows what it leads to.' };
}
