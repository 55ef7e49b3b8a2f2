import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Happenings } from '../happenings.ts';
import { type ApiAnswer, type ApiRequest } from '../service.ts';
import type { SimulatedConnect } from '../services/connect/connect.ts';
import type { SimulatedSes } from '../services/ses/ses.ts';
import { createAgentShifts } from './agent-shift.ts';
import { answeringFlows } from './answering-flows.ts';
import { checkCall, ControlRefusal } from './check-call.ts';
import type { ControlHost } from './control-host.ts';
import { type About, type CallEvent, CONTROL_PATH, CONTROL_VERSION } from './control-schema.ts';
import { instanceTimeZone } from './flow-time-zone.ts';
import { createJournal, type Journal } from './journal.ts';
import { runCall, type RunningCall } from './run-call.ts';
import { createTurns } from './turns.ts';

export interface ControlParts {
  readonly clock: Clock;
  readonly happenings: Happenings;
  readonly connect: SimulatedConnect;
  readonly ses: Pick<SimulatedSes, 'mails'>;
  readonly endpoint: () => string;
  /** The names of the stacks that are deployed. */
  readonly stacks: () => readonly string[];
}

/** The simulator's own interface, for programs on this machine. */
export interface Control {
  readonly answer: (request: Omit<ApiRequest, 'caller'>) => Promise<ApiAnswer>;
  /** From now on calls lead to what this host says. */
  readonly use: (host: ControlHost) => void;
}

interface KnownCall extends RunningCall {
  readonly journal: Journal<CallEvent>;
}

/** Calls that are over can be read about until so many were placed after them. */
const MOST_CALLS = 100;

/**
 * Answers under `/_simulator`: places calls, and tells what happens to each. It is no API of AWS, and asks for no
 * signature. It does not answer web pages of other sites: a browser on this machine reaches loopback too.
 */
export function createControl(parts: ControlParts): Control {
  const { clock, connect } = parts;
  const turns = createTurns(clock);
  const shifts = createAgentShifts(connect);
  const calls = new Map<string, KnownCall>();
  let host: ControlHost | undefined;

  function place(request: ControlRequest): ApiAnswer {
    const checked = checkCall(jsonIn(request), parts);
    const callId = randomUUID();
    const journal = createJournal<CallEvent>();
    calls.set(callId, { journal, ...runCall(checked, journal, { ...parts, turns, shifts, host }) });
    const [oldest] = calls.keys();
    if (calls.size > MOST_CALLS && oldest !== undefined) calls.delete(oldest);
    return json(201, { events: `${CONTROL_PATH}/calls/${callId}` });
  }

  function requireCall(callId: string): KnownCall {
    const call = calls.get(callId);
    if (call) return call;
    throw new ControlRefusal(404, `there is no call ${callId}`);
  }

  function hangUp(callId: string): ApiAnswer {
    requireCall(callId).hangUp();
    return { status: 204 };
  }

  function answerTo(request: ControlRequest): ApiAnswer {
    refuseOtherSites(request);
    const { method } = request;
    const [, what = '', callId = ''] = request.path.slice(CONTROL_PATH.length).split('/');
    const asked = `${method} ${what}${callId === '' ? '' : '/'}`;
    if (asked === 'GET ') return json(200, about(parts, host));
    if (asked === 'POST calls') return place(request);
    if (asked === 'GET calls/') return lines(requireCall(callId).journal.read());
    if (asked === 'DELETE calls/') return hangUp(callId);
    throw new ControlRefusal(404, `the simulator does not know ${method} ${request.path}`);
  }

  return {
    use: (next) => void (host = next),
    answer: async (request) => {
      try {
        return answerTo(request);
      } catch (error) {
        if (error instanceof ControlRefusal) return json(error.status, { message: error.message });
        throw error;
      }
    },
  };
}

type ControlRequest = Omit<ApiRequest, 'caller'>;

/** Names of this machine: pages that were loaded under another name may not ask, even if it leads here. */
const OWN_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;

function refuseOtherSites({ headers }: ControlRequest): void {
  const { host = '', origin } = headers;
  if (OWN_HOST.test(host) && (origin === undefined || origin === `http://${host}`)) return;
  throw new ControlRefusal(
    403,
    `the simulator's own interface is for this machine, not for ${origin ?? host}`,
  );
}

/** A page of another site cannot send this type without asking first, which is not answered. */
function jsonIn({ headers, body }: ControlRequest): unknown {
  const type = headers['content-type'] ?? '';
  if (!/^application\/json\b/.test(type))
    throw new ControlRefusal(415, `the content type is ${type || 'missing'}; allowed: application/json`);
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new ControlRefusal(400, `not JSON: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function about({ clock, connect, endpoint, stacks }: ControlParts, host: ControlHost | undefined): About {
  const { instanceArn: arn, alias, users } = connect.world;
  return {
    control: CONTROL_VERSION,
    pid: process.pid,
    endpoint: endpoint(),
    instance: { arn, alias },
    stacks: stacks(),
    flows: answeringFlows(connect.flows).map(({ name }) => name),
    agents: users.map(({ username }) => username),
    clock: {
      nowMs: clock.now(),
      time: clock.isFast ? 'fast' : 'real',
      timeZone: instanceTimeZone(connect.world),
    },
    ...(host && { host: host.about }),
  };
}

function json(status: number, body: unknown): ApiAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** One JSON object a line, each as soon as it is known. */
function lines(events: AsyncIterable<CallEvent>): ApiAnswer {
  return { status: 200, headers: { 'content-type': 'application/x-ndjson' }, body: linesOf(events) };
}

async function* linesOf(events: AsyncIterable<CallEvent>): AsyncGenerator<Uint8Array, void, void> {
  for await (const event of events) yield Buffer.from(`${JSON.stringify(event)}\n`);
}
