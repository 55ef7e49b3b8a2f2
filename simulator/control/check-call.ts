import { z } from 'zod';
import { FlowDocumentError, parseFlow } from '../../flows/language/document.ts';
import type { Clock } from '../clock.ts';
import { readWav } from '../audio/read-wav.ts';
import { WavError } from '../audio/wav-content.ts';
import type { SimulatedConnect } from '../services/connect/connect.ts';
import type { CallerStep } from '../services/connect/voice/caller-script.ts';
import { answeringFlows, findAnsweringFlow } from './answering-flows.ts';
import { callTime, CallTimeError } from './call-time.ts';
import { type CallRequest, callOrderSchema } from './control-schema.ts';
import { flowTimeZone } from './flow-time-zone.ts';
import type { CheckedCall } from './run-call.ts';

/** A request that cannot be carried out. The message is for the person behind it. */
export class ControlRefusal extends Error {
  override readonly name = 'ControlRefusal';
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

interface CheckParts {
  readonly clock: Clock;
  readonly connect: SimulatedConnect;
}

/** Reads an order for a call. Throws ControlRefusal, which says what is wrong and what is allowed. */
export function checkCall(body: unknown, { clock, connect }: CheckParts): CheckedCall {
  const { data: request, error } = callOrderSchema.safeParse(body);
  if (!request) throw new ControlRefusal(400, `not an order for a call:\n${z.prettifyError(error)}`);
  const flow = flowOf(request, connect);
  const { agent, at } = request;
  if (agent) requireAgent(agent.username, connect);
  const script = request.script.map(stepOf);
  if (at === undefined) return { request, flow, script };
  try {
    const timeZone = flowTimeZone(flow.document, connect.world);
    return { request, flow, script, atMs: callTime(at, { nowMs: clock.now(), timeZone }) };
  } catch (failure) {
    if (failure instanceof CallTimeError) throw new ControlRefusal(400, failure.message, { cause: failure });
    throw failure;
  }
}

function flowOf({ flow: wanted, ownFlow }: CallRequest, connect: SimulatedConnect): CheckedCall['flow'] {
  if (ownFlow) return { name: ownFlow.name, document: documentIn(ownFlow) };
  if (wanted === undefined) return flowOfNumber(connect);
  const found = findAnsweringFlow(connect.flows, wanted);
  if (found) return found;
  const names = answeringFlows(connect.flows).map(({ name }) => name);
  const instead = names.length === 0 ? 'none can' : `these can: ${names.join(', ')}`;
  throw new ControlRefusal(404, `there is no flow "${wanted}" that can answer a call; ${instead}`);
}

function documentIn({ name, content }: NonNullable<CallRequest['ownFlow']>) {
  try {
    return parseFlow(content);
  } catch (error) {
    if (!(error instanceof FlowDocumentError)) throw error;
    throw new ControlRefusal(400, `the flow "${name}": ${error.message}`, { cause: error });
  }
}

function flowOfNumber(connect: SimulatedConnect): CheckedCall['flow'] {
  try {
    return connect.flowOfNumber();
  } catch (error) {
    throw new ControlRefusal(404, error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function requireAgent(username: string, { agent, world }: SimulatedConnect): void {
  if (world.users.some((user) => user.username === username)) return void agent(username);
  const names = world.users.map((user) => user.username).join(', ');
  throw new ControlRefusal(404, `the instance has no agent ${username}; it has ${names || 'none'}`);
}

function stepOf(step: CallRequest['script'][number]): CallerStep {
  if (step.kind !== 'say') return step;
  if ('text' in step.audio) return { kind: 'say', audio: step.audio.text };
  try {
    return { kind: 'say', audio: readWav(Buffer.from(step.audio.wav, 'base64')) };
  } catch (error) {
    if (error instanceof WavError) throw new ControlRefusal(400, error.message, { cause: error });
    throw error;
  }
}
