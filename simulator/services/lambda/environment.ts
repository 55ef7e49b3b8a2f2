import { Worker } from 'node:worker_threads';
import type { Clock } from '../../clock.ts';
import type { FunctionSettings } from './function-settings.ts';
import type { WorkerState } from './shifted-timers.ts';
import {
  type Call,
  type FunctionError,
  functionErrorOf,
  type Question,
  type WakeUp,
  type WorkerMessage,
  type WorkerSettings,
} from './worker-messages.ts';

/** How an invocation ended. */
export type Outcome =
  | { readonly kind: 'answer'; readonly payload: string }
  | { readonly kind: 'failed'; readonly error: FunctionError };

/** One execution environment: a worker that has loaded the bundle and runs one invocation at a time. */
export interface Environment {
  /** Whether it can take another invocation. */
  readonly isUsable: () => boolean;
  /** What the code in it holds in its heap, in bytes, rubbish included that is not yet collected. */
  readonly heapBytes: () => Promise<number>;
  /** `onIdle` is told until when it only waits, undefined when it works again. */
  readonly invoke: (call: Call, onIdle?: (untilMs: number | undefined) => void) => Promise<Outcome>;
  /** What is under way in it; undefined if it ended. */
  readonly state: () => Promise<WorkerState | undefined>;
  /** Has it go on after a wait. */
  readonly wake: () => void;
  /** Ends it in the middle of an invocation, as if killed from outside. */
  readonly kill: () => Promise<void>;
  /** Ends it, its invocation having run for too long. */
  readonly timeOut: () => void;
  readonly end: () => Promise<void>;
}

/** AWS gives the init phase 10 s, then starts it anew on the function's own time. */
const INIT_LIMIT_MS = 10_000;

/** Real time. Whoever kills a worker counts on it that nothing of it runs any more. */
const TERMINATION_LIMIT_MS = 60_000;

/** In fast time, work may take the machine so many times as long as Lambda allows for: other programs run on it too. */
const SLOWEST_MACHINE = 20;

/** Errors of the environment itself, and not of the handler in it. */
const ENDS_THE_ENVIRONMENT = new Set(['Sandbox.Timedout', 'Runtime.ExitError']);

/**
 * Workers have nothing of the machine's environment, so that they get the simulator's compile cache
 * by hand, if it has one. It keeps what the bundle was compiled to, so that a worker that was killed costs no
 * second compilation, and the runtime without its types: taking them out costs every worker 40 ms
 * of CPU otherwise. It must be on before either is loaded.
 */
const CACHE_FOLDER = process.env['NODE_COMPILE_CACHE'];
const BOOTSTRAP = `
  ${CACHE_FOLDER ? `require('node:module').enableCompileCache(${JSON.stringify(CACHE_FOLDER)});` : ''}
  import(${JSON.stringify(new URL('./runtime.ts', import.meta.url).href)});
`;

/**
 * Starts one.
 *
 * It sees the function's environment variables and nothing of the machine's. A
 * timeout bounds code that really runs: it is a stretch of the machine's time, or in fast time
 * of the worker's own CPU time, as a busy machine is no fault of the function's. Waits
 * are not among it, and whoever lets it wait calls `timeOut`. After a timeout, a crash or a failed start it is not usable again.
 *
 * Not as in Lambda: code goes on between invocations where Lambda freezes it,
 * `/tmp` is the machine's, local time is the machine's zone, not UTC.
 */
export function startEnvironment({
  settings,
  clock: { offset, now, isFast },
  onOutput,
}: {
  settings: FunctionSettings;
  clock: Pick<Clock, 'offset' | 'now' | 'isFast'>;
  onOutput: (text: string) => void;
}): Environment {
  const worker = startWorker(settings, offset);
  const init = Promise.withResolvers<FunctionError | undefined>();
  let running: ((outcome: Outcome) => void) | undefined;
  let runningCall: Call | undefined;
  const asked: ((state: WorkerState | undefined) => void)[] = [];
  let hearIdle: ((untilMs: number | undefined) => void) | undefined;
  let usable = true;

  /** Both are settled once; whatever comes later changes nothing. */
  function fail(error: FunctionError): void {
    usable = false;
    init.resolve(error);
    for (const tell of asked.splice(0)) tell(undefined);
    running?.({ kind: 'failed', error });
  }

  function hear(message: WorkerMessage): void {
    switch (message.kind) {
      case 'output':
        return onOutput(message.text);
      case 'state':
        return asked.shift()?.(message);
      case 'idle':
        return hearIdle?.(message.untilMs);
      case 'busy':
        return hearIdle?.(undefined);
      case 'ready':
        return init.resolve(undefined);
      case 'init-failed':
        return fail(message.error);
      case 'answer':
      case 'failed':
        return running?.(message);
    }
  }

  function send(message: Call | WakeUp | Question): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker is no window
    worker.postMessage(message);
  }

  /** `promise`, or what `late` answers where the worker takes longer than it may. */
  async function inTime<T>(limitMs: number, promise: Promise<T>, late: () => T): Promise<T> {
    if (!isFast) return within(limitMs, promise, late);
    const cpuAtStart = cpuMsOf(worker);
    for (let count = 1; count < SLOWEST_MACHINE; count += 1) {
      const inTheMeantime = await within<T | typeof LATE>(limitMs, promise, () => LATE);
      if (inTheMeantime !== LATE) return inTheMeantime;
      if ((await cpuMsOf(worker)) - (await cpuAtStart) >= limitMs) return late();
    }
    return within(limitMs, promise, late);
  }

  async function run(call: Call): Promise<Outcome> {
    const initLimitMs = INIT_LIMIT_MS + call.timeoutMs;
    const initError = await inTime(initLimitMs, init.promise, () => initTimedOut(call.requestId));
    if (initError) return { kind: 'failed', error: initError };

    const { promise, resolve } = Promise.withResolvers<Outcome>();
    running = resolve;
    runningCall = call;
    send(call);
    return inTime(call.timeoutMs, promise, () => ({ kind: 'failed', error: timedOut(call, now()) }));
  }

  worker.on('message', hear);
  worker.on('error', (error) => fail(crashOf(error)));
  worker.on('exit', (code) => fail(exitError(`exit status ${code}`)));

  return {
    isUsable: () => usable,
    heapBytes: async () => (await worker.getHeapStatistics()).used_heap_size,
    async invoke(call, onIdle) {
      hearIdle = onIdle;
      const outcome = await run(call);
      hearIdle = undefined;
      if (outcome.kind === 'failed' && ENDS_THE_ENVIRONMENT.has(outcome.error.errorType)) usable = false;
      running = undefined;
      runningCall = undefined;
      if (!usable) await terminate(worker);
      return outcome;
    },
    async state() {
      if (!usable) return undefined;
      const { promise, resolve } = Promise.withResolvers<WorkerState | undefined>();
      asked.push(resolve);
      send({ kind: 'ask' });
      return promise;
    },
    wake: () => send({ kind: 'wake' }),
    async kill() {
      fail(exitError('signal: killed'));
      await terminate(worker);
    },
    timeOut() {
      if (runningCall) fail(timedOut(runningCall, now()));
    },
    async end() {
      usable = false;
      for (const tell of asked.splice(0)) tell(undefined);
      await terminate(worker);
    },
  };
}

function startWorker(settings: FunctionSettings, offset: SharedArrayBuffer): Worker {
  const workerData: WorkerSettings = {
    folder: settings.folder,
    handler: settings.handler,
    offset,
    functionName: settings.name,
    memoryMb: settings.memoryMb,
    logGroupName: settings.environment['AWS_LAMBDA_LOG_GROUP_NAME'] ?? '',
    logStreamName: settings.environment['AWS_LAMBDA_LOG_STREAM_NAME'] ?? '',
  };
  const worker = new Worker(BOOTSTRAP, {
    eval: true,
    workerData,
    env: settings.environment,
    // None of the flags the simulator itself was started with.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: settings.memoryMb },
    stdout: true,
    stderr: true,
  });
  // Only what goes around `process.stdout` arrives here, and nobody is to wait for a reader.
  worker.stdout.resume();
  worker.stderr.resume();
  return worker;
}

/**
 * Ends a worker. One that does not end in time keeps nobody here waiting; the
 * process itself still waits for it at its exit, where Node.js joins every worker.
 */
async function terminate(worker: Worker): Promise<void> {
  await within<unknown>(TERMINATION_LIMIT_MS, worker.terminate(), () => undefined);
}

const LATE = Symbol('late');

/** What a worker has used of the CPU; 0 where it has ended, which is then told by its exit. */
async function cpuMsOf(worker: Worker): Promise<number> {
  try {
    const { user, system } = await worker.cpuUsage();
    return (user + system) / 1000;
  } catch {
    return 0;
  }
}

/** `promise`, or what `late` answers when that takes longer than `limitMs` of real time. */
async function within<T>(limitMs: number, promise: Promise<T>, late: () => T): Promise<T> {
  const { promise: limit, resolve } = Promise.withResolvers<T>();
  const timer = setTimeout(() => resolve(late()), limitMs);
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function timedOut({ requestId, timeoutMs }: Call, nowMs: number): FunctionError {
  const seconds = (timeoutMs / 1000).toFixed(2);
  const time = new Date(nowMs).toISOString();
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `${time} ${requestId} Task timed out after ${seconds} seconds`,
  };
}

function initTimedOut(requestId: string): FunctionError {
  return { errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: Init timed out` };
}

function exitError(how: string): FunctionError {
  return { errorType: 'Runtime.ExitError', errorMessage: `Runtime exited with error: ${how}` };
}

/** The worker died of `error`: too much memory, or something thrown outside the handler. */
function crashOf(error: unknown): FunctionError {
  const isOutOfMemory =
    error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isOutOfMemory ? exitError('signal: killed') : functionErrorOf(error);
}
