import type { WorkerState } from './shifted-timers.ts';

/**
 * The messages between the simulator and the worker of one execution environment. The worker's side is
 * runtime.ts, the simulator's worker-conversation.ts.
 */
export interface WorkerSettings {
  /** The folder of the bundle. */
  readonly folder: string;
  /** `index.handler`: file without its ending, then the export. */
  readonly handler: string;
  /** The clock's: milliseconds to add to the machine's time. */
  readonly offset: SharedArrayBuffer;
  readonly functionName: string;
  readonly memoryMb: number;
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/** To the worker: run the handler once. The next call is sent after the answer to this one. */
export interface Call {
  readonly requestId: string;
  /** JSON. */
  readonly payload: string;
  readonly invokedFunctionArn: string;
  readonly timeoutMs: number;
  /** `Root=1-…;Parent=…;Sampled=0`: the SDK sends it along with every call. */
  readonly traceId: string;
}

/** To the worker: the time that it waits for has come. */
export interface WakeUp {
  readonly kind: 'wake';
}

/** To the worker: what is pending? */
export interface Question {
  readonly kind: 'ask';
}

/** From the worker. `ready` or `init-failed` comes first and once. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'init-failed'; readonly error: FunctionError }
  | { readonly kind: 'output'; readonly text: string }
  /** It only waits until then, and has to be woken. */
  | { readonly kind: 'idle'; readonly untilMs: number }
  /** It is not idle any more, although it was not woken. */
  | { readonly kind: 'busy' }
  | ({ readonly kind: 'state' } & WorkerState)
  | Outcome;

/** How an invocation ended. */
export type Outcome =
  | { readonly kind: 'answer'; readonly payload: string }
  | { readonly kind: 'failed'; readonly error: FunctionError };

/** The error of a function, as Lambda writes it. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** A value that was thrown, as Lambda's Node.js runtime writes it. */
export function functionErrorOf(thrown: unknown): FunctionError {
  if (!(thrown instanceof Error)) {
    return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  }
  return {
    errorType: thrown.name,
    errorMessage: thrown.message,
    trace: (thrown.stack ?? '').split('\n'),
  };
}
