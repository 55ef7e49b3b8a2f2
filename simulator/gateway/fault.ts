import type { Clock } from '../clock.ts';
import { type ApiAnswer, AwsError } from '../service.ts';

/**
 * Decides whether a call fails. Called once a call is known to be allowed. An AwsError is the answer
 * instead of the operation. A Fault can also come `after` the operation: then the operation was done,
 * and only its answer is lost.
 */
export type Interfere = (call: {
  readonly service: string;
  readonly operation: string;
  readonly caller: string;
  /** Absent: the caller is not a function. */
  readonly invocation?: CallingInvocation;
}) => AwsError | Fault | undefined;

/** The function invocation that makes a call. */
export interface CallingInvocation {
  /** Whether its event contains this text. */
  readonly isAbout: (text: string) => boolean;
  /** The contact ids, and other ids of that form, in each record of its event. */
  readonly ids: () => readonly (readonly string[])[];
  /** Ends the worker, as a crash does; resolves when no code of it runs any more. */
  readonly kill: () => Promise<void>;
  /** The invocation waits, and fast time goes on, until the returned function is called. */
  readonly pause: () => () => void;
}

export type Fault =
  | {
      /**
       * `before`: the operation is not done. `during`: the caller is killed first, then the operation
       * is done. `after`: the operation was done.
       */
      readonly when: 'before' | 'during' | 'after';
      readonly error: AwsError | 'connection cut' | 'no answer' | 'caller killed';
    }
  /**
   * The operation is done, and the connection ends in the middle of the answer's body, or before the
   * answer if it has no body.
   */
  | { readonly when: 'answering'; readonly error: 'body cut' }
  /** The operation is done, late by so much on the simulator's clock. */
  | { readonly delayMs: number };

/**
 * Thrown if the call gets no answer. The gateway then ends the connection, unless the caller has ended
 * it.
 */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** Returns the operation's answer, changed by the fault if there is one. Throws AwsError or NoAnswer. */
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

/**
 * Waits for `work`. Meanwhile the calling invocation counts as waiting, until the caller closes the
 * connection.
 */
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

/** The headers state the length of the whole body. */
function withHalfABody({ body = '', ...head }: ApiAnswer): ApiAnswer {
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return { ...head, body: firstHalf(body) };
  const whole = Buffer.from(body);
  if (whole.length === 0) throw new NoAnswer('connection cut');
  const headers = { 'content-length': String(whole.length), ...head.headers };
  return { ...head, headers, body: firstHalf([whole]) };
}

/** Sends half of the first piece; then the body ends as it does when a connection breaks. */
async function* firstHalf(pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
  for await (const piece of pieces) {
    yield piece.subarray(0, Math.ceil(piece.length / 2));
    break;
  }
  // By then, what was written has been sent.
  await new Promise((resolve) => setImmediate(resolve));
  throw Object.assign(new Error('connection cut'), { code: 'ECONNRESET' });
}
