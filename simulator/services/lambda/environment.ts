import { Worker } from 'node:worker_threads';
import type { Clock } from '../../clock.ts';
import type { FunctionSettings } from './function-settings.ts';
import type { WorkerState } from './shifted-timers.ts';
import { limitTime, within } from './limit-time.ts';
import { workerCode } from './worker-code.ts';
import { conversationWith } from './worker-conversation.ts';
import {
  type Call,
  type FunctionError,
  functionErrorOf,
  type Outcome,
  type WorkerSettings,
} from './worker-messages.ts';

/** One execution environment: a worker that has loaded the bundle and runs one invocation at a time. */
export interface Environment {
  /** Whether it can take another invocation. */
  readonly isUsable: () => boolean;
  /** The bytes that its code holds in the heap, including garbage that is not collected yet. */
  readonly heapBytes: () => Promise<number>;
  /** Calls `onIdle` with the time until which it only waits, and with undefined when it works again. */
  readonly invoke: (call: Call, onIdle?: (untilMs: number | undefined) => void) => Promise<Outcome>;
  /** The work that is pending in it; undefined if it ended. */
  readonly state: () => Promise<WorkerState | undefined>;
  /** Lets it go on after a wait. */
  readonly wake: () => void;
  /** Ends it in the middle of an invocation, as if killed from outside. */
  readonly kill: () => Promise<void>;
  /** Ends it because its invocation timed out. */
  readonly timeOut: () => void;
  readonly end: () => Promise<void>;
}

/** AWS allows 10 s for the init phase, then starts it again within the function's own time-out. */
const INIT_LIMIT_MS = 10_000;

/** With Node's 48, a worker keeps some 8 MiB more, and takes no less CPU. */
const YOUNG_MB = 12;

/** Real time. After `kill`, no code of a worker runs any more. */
const TERMINATION_LIMIT_MS = 60_000;

/** Errors of the environment itself, not of the handler in it. */
const ENDS_THE_ENVIRONMENT = new Set(['Sandbox.Timedout', 'Runtime.ExitError']);

/**
 * Starts one.
 *
 * It has the function's environment variables and none of the machine's. The time-out here limits running
 * code, not waits: `timeOut` ends an invocation that waits too long. After a time-out, a crash or a failed
 * start the environment cannot be used again.
 *
 * Not as in Lambda: code goes on between invocations, where Lambda freezes it,
 * `/tmp` is the machine's, and local time is the machine's zone, not UTC.
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
  const conversation = conversationWith(worker, onOutput);
  let isUsable = true;
  let running: Call | undefined;

  function fail(error: FunctionError): void {
    isUsable = false;
    conversation.fail(error);
  }

  async function run(call: Call, onIdle?: (untilMs: number | undefined) => void): Promise<Outcome> {
    const initError = await limitTime({ worker, isFast }, INIT_LIMIT_MS + call.timeoutMs, {
      work: conversation.loaded,
      late: () => initTimedOut(call.requestId),
    });
    if (initError) {
      isUsable = false;
      return { kind: 'failed', error: initError };
    }
    running = call;
    const outcome = await limitTime({ worker, isFast }, call.timeoutMs, {
      work: conversation.call(call, onIdle),
      late: (): Outcome => ({ kind: 'failed', error: timedOut(call, now()) }),
    });
    running = undefined;
    conversation.closeCall();
    return outcome;
  }

  worker.on('error', (error) => fail(crashOf(error)));
  worker.on('exit', (code) => fail(exitError(`exit status ${code}`)));

  return {
    isUsable: () => isUsable,
    heapBytes: async () => (await worker.getHeapStatistics()).used_heap_size,
    async invoke(call, onIdle) {
      const outcome = await run(call, onIdle);
      if (outcome.kind === 'failed' && ENDS_THE_ENVIRONMENT.has(outcome.error.errorType)) isUsable = false;
      if (!isUsable) await terminate(worker);
      return outcome;
    },
    state: async () => (isUsable ? conversation.ask() : undefined),
    wake: conversation.wake,
    async kill() {
      fail(exitError('signal: killed'));
      await terminate(worker);
    },
    timeOut() {
      if (running) fail(timedOut(running, now()));
    },
    async end() {
      isUsable = false;
      conversation.closeQuestions();
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
  const worker = new Worker(workerCode(), {
    eval: true,
    workerData,
    env: settings.environment,
    // None of the flags the simulator itself was started with.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: settings.memoryMb, maxYoungGenerationSizeMb: YOUNG_MB },
    stdout: true,
    stderr: true,
  });
  // Only output that bypasses `process.stdout` arrives here. Without a reader, its writer would wait.
  worker.stdout.resume();
  worker.stderr.resume();
  return worker;
}

/**
 * Ends a worker, and stops waiting for it after a time limit. The process itself
 * still waits for the worker at its exit, where Node.js joins every worker.
 */
async function terminate(worker: Worker): Promise<void> {
  await within<unknown>(TERMINATION_LIMIT_MS, worker.terminate(), () => undefined);
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

/** The worker ended with `error`: out of memory, or an error outside the handler. */
function crashOf(error: unknown): FunctionError {
  const isOutOfMemory =
    error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isOutOfMemory ? exitError('signal: killed') : functionErrorOf(error);
}
