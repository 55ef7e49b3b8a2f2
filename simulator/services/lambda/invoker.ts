import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Happenings } from '../../happenings.ts';
import { AwsError } from '../../service.ts';
import { whileBusy } from '../../gateway/while-busy.ts';
import type { CallingInvocation } from '../../gateway/fault.ts';
import { type Environment, type Outcome, startEnvironment } from './environment.ts';
import { createEnvironmentPool, type EnvironmentPool } from './environment-pool.ts';
import type { FunctionSettings } from './function-settings.ts';
import type { FunctionError } from './worker-messages.ts';
import type { LineWriter, LogLines } from './log-lines.ts';
import { newTraceHeader, type RunningInvocation, runningInvocation } from './running-invocation.ts';

export interface InvocationResult {
  /** JSON: what the handler returned, or the error it ended with. */
  readonly payload: string;
  /** Absent when the function succeeded. */
  readonly functionError?: 'Handled' | 'Unhandled';
}

export interface InvokeOptions {
  /** What the function knows it by; a retry of the same event keeps it. */
  readonly requestId?: string;
  /** Called by a function, which waits: see EnvironmentPool. */
  readonly isNested?: boolean;
}

export interface Invoker {
  readonly invoke: (
    settings: FunctionSettings,
    payload: string,
    options: InvokeOptions,
  ) => Promise<InvocationResult>;
  readonly crashNext: (functionId: string, times: number) => void;
  readonly invocationOf: (traceHeader: string | undefined) => CallingInvocation | undefined;
  readonly endIdle: EnvironmentPool['endIdle'];
  readonly heapBytes: EnvironmentPool['heapBytes'];
  readonly close: () => Promise<void>;
}

/**
 * Runs invocations in environments of the pool, and tells of each when it is over.
 *
 * Fast time stands still from the call to the answer, the wait for a worker
 * included, but not while the function itself does nothing but wait.
 */
export function createInvoker({
  clock,
  happenings,
  logLines,
  maxEnvironments,
}: {
  clock: Clock;
  happenings: Happenings;
  logLines: LogLines;
  maxEnvironments: number;
}): Invoker {
  const pool = createEnvironmentPool(maxEnvironments);
  const writers = new WeakMap<Environment, LineWriter>();
  const runningCount = new Map<string, number>();
  const crashesLeft = new Map<string, number>();
  /** By trace header. */
  const invocations = new Map<string, RunningInvocation>();
  let closed = false;

  function start(settings: FunctionSettings): Environment {
    const writer = logLines.writer(settings.id);
    const environment = startEnvironment({ settings, clock, onOutput: writer.write });
    writers.set(environment, writer);
    return environment;
  }

  async function run(settings: FunctionSettings, payload: string, requestId: string, isNested: boolean) {
    const { id: functionId, arn: invokedFunctionArn, timeoutMs } = settings;
    const loan = await whileBusy(clock, () =>
      pool.borrow({ functionId, start: () => start(settings), isNested }),
    );
    const { environment } = loan;
    const startedAt = performance.now();
    const traceId = newTraceHeader(clock.now());
    const invocation = runningInvocation({ clock, environment, payload, timeoutMs });
    invocations.set(traceId, invocation);
    const call = { requestId, payload, invokedFunctionArn, timeoutMs, traceId };
    const outcome = await environment.invoke(call, invocation.hearIdle);
    invocations.delete(traceId);
    const durationMs = performance.now() - startedAt;
    const writer = writers.get(environment);
    if (outcome.kind === 'failed') writer?.write(failureLine(outcome.error));
    writer?.flush();
    loan.giveBack();
    return { outcome, durationMs, cold: loan.isCold, end: invocation.end };
  }

  function takeCrash(functionId: string): boolean {
    const left = crashesLeft.get(functionId) ?? 0;
    crashesLeft.set(functionId, Math.max(left - 1, 0));
    return left > 0;
  }

  async function invoke(
    settings: FunctionSettings,
    payload: string,
    { requestId = randomUUID(), isNested = false }: InvokeOptions,
  ): Promise<InvocationResult> {
    if (closed) throw new AwsError('ServiceException', 500, 'the simulator is closed');
    const { id: functionId, reservedConcurrency = Infinity } = settings;
    const running = runningCount.get(functionId) ?? 0;
    if (running >= reservedConcurrency) {
      happenings.tell({ kind: 'throttle', atMs: clock.now(), functionId });
      throw throttled();
    }

    runningCount.set(functionId, running + 1);
    let end: (() => void) | undefined;
    try {
      const ran = takeCrash(functionId) ? BROKEN_BUNDLE : await run(settings, payload, requestId, isNested);
      const { outcome, durationMs, cold } = ran;
      end = ran.end;
      const error = outcome.kind === 'failed' ? outcome.error.errorMessage : undefined;
      happenings.tell({
        kind: 'invocation',
        atMs: clock.now(),
        functionId,
        requestId,
        cold,
        durationMs,
        ...(error !== undefined && { error }),
      });
      return resultOf(outcome);
    } finally {
      runningCount.set(functionId, (runningCount.get(functionId) ?? 1) - 1);
      end?.();
    }
  }

  return {
    invoke,
    invocationOf: (traceHeader) => invocations.get(traceHeader ?? ''),
    endIdle: pool.endIdle,
    heapBytes: pool.heapBytes,
    crashNext: (functionId, times) => void crashesLeft.set(functionId, times),
    async close() {
      closed = true;
      await pool.close();
    },
  };
}

const BROKEN_BUNDLE = {
  outcome: {
    kind: 'failed',
    error: {
      errorType: 'Runtime.ImportModuleError',
      errorMessage: "Error: Cannot find module 'index'",
      trace: [],
    },
  },
  durationMs: 0,
  cold: true,
  end() {},
} as const;

function resultOf(outcome: Outcome): InvocationResult {
  if (outcome.kind === 'answer') return { payload: outcome.payload };
  return { payload: JSON.stringify(outcome.error), functionError: 'Unhandled' };
}

/** Lambda writes a timeout as it is, and every other error as one JSON object. */
function failureLine(error: FunctionError): string {
  return error.errorType === 'Sandbox.Timedout' ? `${error.errorMessage}\n` : `${JSON.stringify(error)}\n`;
}

function throttled(): AwsError {
  return new AwsError('TooManyRequestsException', 429, 'Rate Exceeded.', {
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    Type: 'User',
  });
}
