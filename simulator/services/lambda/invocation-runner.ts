import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { CallingInvocation } from '../../gateway/fault.ts';
import { whileBusy } from '../../gateway/while-busy.ts';
import { type Environment, startEnvironment } from './environment.ts';
import { createEnvironmentPool, type EnvironmentPool } from './environment-pool.ts';
import type { FunctionSettings } from './function-settings.ts';
import type { LineWriter, LogLines } from './log-lines.ts';
import { endLines, startLine } from './platform-lines.ts';
import { newTraceHeader, type RunningInvocation, runningInvocation } from './running-invocation.ts';
import type { FunctionError, Outcome } from './worker-messages.ts';

/** The result of an invocation. */
export interface FinishedRun {
  readonly outcome: Outcome;
  readonly durationMs: number;
  /** Whether an environment was started for it. */
  readonly cold: boolean;
  /** What the environment wrote, a cold start included. */
  readonly lines: readonly string[];
  /** The contact ids, and other ids of that form, in its event. */
  readonly about: readonly string[];
  /** Call it at the very end: fast time does not move until then. */
  readonly end: () => void;
}

export interface InvocationRunner extends Pick<EnvironmentPool, 'endIdle' | 'heapBytes' | 'close'> {
  readonly run: (
    settings: FunctionSettings,
    call: { readonly payload: string; readonly requestId: string; readonly isNested: boolean },
  ) => Promise<FinishedRun>;
  /** The invocation that sends that trace header along with its calls. */
  readonly invocationOf: (traceHeader: string | undefined) => CallingInvocation | undefined;
}

export interface RunnerParts {
  readonly clock: Clock;
  readonly logLines: LogLines;
  readonly maxEnvironments: number;
}

/** Runs invocations in environments of a pool, and writes their output into the log. */
export function createInvocationRunner({ clock, logLines, maxEnvironments }: RunnerParts): InvocationRunner {
  const pool = createEnvironmentPool(maxEnvironments);
  const writers = new WeakMap<Environment, LineWriter>();
  /** By trace header. */
  const invocations = new Map<string, RunningInvocation>();

  function start(settings: FunctionSettings): Environment {
    const stream = logStreamName(clock.now());
    const writer = logLines.writer({ settings, stream });
    const variables = { ...settings.environment, AWS_LAMBDA_LOG_STREAM_NAME: stream };
    const environment = startEnvironment({
      settings: { ...settings, environment: variables },
      clock,
      onOutput: writer.write,
    });
    writers.set(environment, writer);
    return environment;
  }

  function finishLog(environment: Environment, outcome: Outcome): void {
    const writer = writers.get(environment);
    if (outcome.kind === 'failed') writer?.write(failureLine(outcome.error));
    writer?.flush();
  }

  return {
    async run(settings, { payload, requestId, isNested }) {
      const { id: functionId, arn: invokedFunctionArn, timeoutMs, environment: edition } = settings;
      const loan = await whileBusy(clock, () =>
        pool.borrow({ functionId, edition, start: () => start(settings), isNested }),
      );
      const { environment } = loan;
      const startedAt = performance.now();
      const traceId = newTraceHeader(clock.now());
      const invocation = runningInvocation({
        clock,
        environment,
        payload,
        timeoutMs,
        onRest: loan.rests,
      });
      invocations.set(traceId, invocation);
      const call = { requestId, payload, invokedFunctionArn, timeoutMs, traceId };
      const writer = writers.get(environment);
      writer?.ofPlatform(startLine({ settings, requestId, nowMs: clock.now() }));
      const outcome = await environment.invoke(call, invocation.hearIdle);
      invocations.delete(traceId);
      const durationMs = performance.now() - startedAt;
      finishLog(environment, outcome);
      const ended = { settings, requestId, nowMs: clock.now(), durationMs, outcome };
      for (const line of endLines(ended)) writer?.ofPlatform(line);
      const lines = writer?.takeLines() ?? [];
      loan.giveBack();
      const about = idsOf(invocation.ids());
      return { outcome, durationMs, cold: loan.isCold, lines, about, end: invocation.end };
    },
    invocationOf: (traceHeader) => invocations.get(traceHeader ?? ''),
    endIdle: pool.endIdle,
    heapBytes: pool.heapBytes,
    close: pool.close,
  };
}

/** Those of all records, each once. */
export function idsOf(records: ReturnType<RunningInvocation['ids']>): readonly string[] {
  return [...new Set(records.flat())];
}

/** Each environment has its own. Source: Lambda developer guide, "Viewing CloudWatch logs for Lambda functions". */
function logStreamName(nowMs: number): string {
  const day = new Date(nowMs).toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[$LATEST]${randomBytes(16).toString('hex')}`;
}

/** Lambda writes a time-out as plain text, and every other error as one JSON object. */
function failureLine(error: FunctionError): string {
  return error.errorType === 'Sandbox.Timedout' ? `${error.errorMessage}\n` : `${JSON.stringify(error)}\n`;
}
