import type { Clock } from '../clock.ts';
import { type ApiAnswer, AwsError } from '../service.ts';

/**
 * The door for faults: asked once a call is known to be allowed. Its error is the
 * answer, in place of the operation, or `after` it: then what was asked for has
 * happened, and only its answer is lost.
 */
export type Interfere = (call: {
  readonly service: string;
  readonly operation: string;
  readonly caller: string;
  /** Absent: no function called. */
  readonly invocation?: CallingInvocation;
}) => AwsError | Fault | undefined;

/** A function's invocation, as far as the calls that it makes are concerned. */
export interface CallingInvocation {
  /** Whether its event has this text in it. */
  readonly isAbout: (text: string) => boolean;
  /** The contact ids, and other ids of that form, in each record of its event. */
  readonly ids: () => readonly (readonly string[])[];
  /** Ends the worker, as a crash of it does; resolves when nothing of it runs any more. */
  readonly kill: () => Promise<void>;
  /** It waits, and fast time need not stand still for it, until the answer is called. */
  readonly pause: () => () => void;
}

export type Fault =
  | {
      /** The effect: not had, had after the end of a caller that is killed, or had. */
      readonly when: 'before' | 'during' | 'after';
      readonly error: AwsError | 'connection cut' | 'no answer' | 'caller killed';
    }
  /** All goes well, and the connection ends in the middle of the answer's body; before the answer if it has none. */
  | { readonly when: 'answering'; readonly error: 'body cut' }
  /** All goes well and takes its time, on the simulator's clock. */
  | { readonly delayMs: number };

/** Thrown where there is to be no answer at all. The connection ends, if the caller has not ended it. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** The operation's answer, or what the fault makes of it. Throws AwsError or NoAnswer. */
export async function answerWith(
  fault: Fault | undefined,
  perform: () => ApiAnswer | Promise<ApiAnswer>,
  { clock, invocation, left }: FaultSurroundings,
): Promise<ApiAnswer> {
  if (!fault) return perform();
  if ('delayMs' in fault) {
    await heldBack(clock.sleep(fault.delayMs), { invocation, left });
    return perform();
  }
  if (fault.when === 'answering') return withHalfABody(await perform());
  const { when, error } = fault;
  if (when === 'during' && error === 'caller killed') await invocation?.kill();
  if (when !== 'before') await perform();
  if (error instanceof AwsError) throw error;
  if (error === 'caller killed') await invocation?.kill();
  if (error === 'no answer') await heldBack(aborted(left), { invocation, left });
  throw new NoAnswer(error);
}

interface FaultSurroundings {
  readonly clock: Clock;
  readonly invocation: CallingInvocation | undefined;
  /** Aborted when the caller's connection ends. */
  readonly left: AbortSignal;
}

/** The caller waits for `work`, unless it leaves before. */
export async function heldBack<Answer>(
  work: Promise<Answer>,
  { invocation, left }: Pick<FaultSurroundings, 'invocation' | 'left'>,
): Promise<Answer> {
  const goOn = invocation?.pause() ?? (() => {});
  left.addEventListener('abort', goOn, { once: true });
  try {
    return await work;
  } finally {
    left.removeEventListener('abort', goOn);
    goOn();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Its headers say how long the whole would be. */
function withHalfABody({ body = '', ...head }: ApiAnswer): ApiAnswer {
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return { ...head, body: firstHalf(body) };
  const whole = Buffer.from(body);
  if (whole.length === 0) throw new NoAnswer('connection cut');
  const headers = { 'content-length': String(whole.length), ...head.headers };
  return { ...head, headers, body: firstHalf([whole]) };
}

/** Of the first piece; then it ends as it does when a connection does. */
async function* firstHalf(pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
  for await (const piece of pieces) {
    yield piece.subarray(0, Math.ceil(piece.length / 2));
    break;
  }
  // What was written is sent by then.
  await new Promise((resolve) => setImmediate(resolve));
  throw Object.assign(new Error('connection cut'), { code: 'ECONNRESET' });
}
