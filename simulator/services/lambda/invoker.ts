import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { idsInEvent } from '../../gateway/named-ids.ts';
import type { Happenings } from '../../happenings.ts';
import { AwsError } from '../../service.ts';
import type { FunctionSettings } from './function-settings.ts';
import {
  createInvocationRunner,
  type FinishedRun,
  idsOf,
  type InvocationRunner,
  type RunnerParts,
} from './invocation-runner.ts';

export interface InvocationResult {
  /** JSON: the handler's result or error. */
  readonly payload: string;
  /** Absent when the function succeeded. */
  readonly functionError?: 'Handled' | 'Unhandled';
  /** What the function wrote. Absent: nobody has heard. */
  readonly lines?: readonly string[];
}

export interface InvokeOptions {
  /** The id that the function sees. A retry of the same event keeps it. */
  readonly requestId?: string;
  /** Whether a function makes the call, and waits for it: see EnvironmentPool. */
  readonly isNested?: boolean;
}

export interface Invoker extends Pick<InvocationRunner, 'invocationOf' | 'endIdle' | 'heapBytes' | 'close'> {
  readonly invoke: (
    settings: FunctionSettings,
    payload: string,
    options: InvokeOptions,
  ) => Promise<InvocationResult>;
  readonly crashNext: (functionId: string, times: number) => void;
}

interface InvokerParts extends RunnerParts {
  readonly clock: Clock;
  readonly happenings: Happenings;
}

/**
 * Runs invocations, up to the reserved concurrency of each function, and reports each when it ends.
 *
 * Fast time does not move from the call to the answer, also during the wait for a worker, but goes on while
 * the function itself only waits.
 */
export function createInvoker({ happenings, ...parts }: InvokerParts): Invoker {
  const { clock } = parts;
  const runner = createInvocationRunner(parts);
  const runningCount = new Map<string, number>();
  const crashes = plannedCrashes();
  let isClosed = false;

  function report(
    { functionId, requestId }: { functionId: string; requestId: string },
    { outcome, durationMs, cold, about }: FinishedRun,
  ): void {
    const error = outcome.kind === 'failed' ? outcome.error.errorMessage : undefined;
    happenings.tell({
      kind: 'invocation',
      atMs: clock.now(),
      functionId,
      requestId,
      about,
      cold,
      durationMs,
      ...(error !== undefined && { error }),
    });
  }

  async function invoke(
    settings: FunctionSettings,
    payload: string,
    { requestId = randomUUID(), isNested = false }: InvokeOptions,
  ): Promise<InvocationResult> {
    if (isClosed) throw new AwsError('ServiceException', 500, 'the simulator is closed');
    const { id: functionId, reservedConcurrency = Infinity } = settings;
    const running = runningCount.get(functionId) ?? 0;
    if (running >= reservedConcurrency) {
      happenings.tell({ kind: 'throttle', atMs: clock.now(), functionId });
      throw throttled();
    }

    runningCount.set(functionId, running + 1);
    let end: (() => void) | undefined;
    try {
      const finished = crashes.take(functionId)
        ? brokenBundle(payload)
        : await runner.run(settings, { payload, requestId, isNested });
      ({ end } = finished);
      report({ functionId, requestId }, finished);
      return resultOf(finished);
    } finally {
      runningCount.set(functionId, (runningCount.get(functionId) ?? 1) - 1);
      end?.();
    }
  }

  return {
    invoke,
    crashNext: crashes.plan,
    invocationOf: runner.invocationOf,
    endIdle: runner.endIdle,
    heapBytes: runner.heapBytes,
    async close() {
      isClosed = true;
      await runner.close();
    },
  };
}

function brokenBundle(payload: string): FinishedRun {
  return {
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
    lines: [],
    about: idsOf(idsInEvent(payload)),
    end() {},
  };
}

/** How many invocations have to fail as if the bundle were broken, by function. */
function plannedCrashes() {
  const left = new Map<string, number>();
  return {
    plan: (functionId: string, times: number) => void left.set(functionId, times),
    /** Whether the next invocation has to fail. Uses up one of the count. */
    take(functionId: string): boolean {
      const times = left.get(functionId) ?? 0;
      left.set(functionId, Math.max(times - 1, 0));
      return times > 0;
    },
  };
}

function resultOf({ outcome, lines }: FinishedRun): InvocationResult {
  if (outcome.kind === 'answer') return { payload: outcome.payload, lines };
  return { payload: JSON.stringify(outcome.error), functionError: 'Unhandled', lines };
}

function throttled(): AwsError {
  return new AwsError('TooManyRequestsException', 429, 'Rate Exceeded.', {
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    Type: 'User',
  });
}
