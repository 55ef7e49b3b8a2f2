import { once } from 'node:events';
import { get, IncomingMessage } from 'node:http';
import { writeWav } from '../simulator/audio/write-wav.ts';
import {
  type CallEvent,
  callEventSchema,
  type CallRequest,
  CONTROL_PATH,
  placedCallSchema,
  refusalSchema,
} from '../simulator/control/control-schema.ts';
import type { CallerStep } from '../simulator/services/connect/voice/caller-script.ts';

/** The simulator refuses the order. The message is for the person who gave it. */
export class OrderRefusedError extends Error {
  override readonly name = 'OrderRefusedError';
}

/** A call that was placed in a simulator of another process. */
export interface RemoteCall {
  /** What happens to it, from its beginning to its end. Rejects if the simulator ends before the call does. */
  readonly events: () => AsyncGenerator<CallEvent, void, void>;
  readonly hangUp: () => Promise<void>;
}

export type ScriptStep = CallRequest['script'][number];

/** Places a call through the simulator's own interface. Throws OrderRefusedError. */
export async function placeCall(endpoint: string, order: CallRequest): Promise<RemoteCall> {
  const answer = await fetch(new URL(`${CONTROL_PATH}/calls`, endpoint), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(order),
  });
  const body: unknown = await answer.json();
  if (!answer.ok) throw new OrderRefusedError(refusalSchema.parse(body).message);
  const url = new URL(placedCallSchema.parse(body).events, endpoint);
  return {
    events: () => eventsAt(url),
    async hangUp() {
      await fetch(url, { method: 'DELETE' });
    },
  };
}

/** Without fetch's limit on how long nothing may come: a caller can wait in a queue in real time. */
async function* eventsAt(url: URL): AsyncGenerator<CallEvent, void, void> {
  const request = get(url);
  const [answer]: unknown[] = await once(request, 'response');
  if (!(answer instanceof IncomingMessage)) throw new TypeError(`${url.href} answered nothing`);
  let rest = '';
  for await (const chunk of answer.setEncoding('utf8')) {
    const lines = `${rest}${String(chunk)}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield callEventSchema.parse(JSON.parse(line));
  }
}

/** A caller's step as the interface takes it: what the caller says is sent as text or as a WAV file. */
export function scriptStep(step: CallerStep): ScriptStep {
  if (step.kind === 'hear') return { ...step, what: textOf(step.what) };
  if (step.kind !== 'say') return step;
  const { audio } = step;
  if (typeof audio === 'string') return { kind: 'say', audio: { text: audio } };
  const wav = audio instanceof Int16Array ? writeWav(audio) : Buffer.from(audio);
  return { kind: 'say', audio: { wav: wav.toString('base64') } };
}

function textOf(what: string | RegExp): string {
  if (typeof what === 'string') return what;
  throw new TypeError(`a pattern cannot be sent: ${what.source}`);
}
