import type { Clock } from '../../clock.ts';
import { inBackground } from '../../in-background.ts';
import { AwsError } from '../../service.ts';
import type { AsyncSettings } from './function-settings.ts';
import type { InvocationResult, InvokeOptions } from './invoker.ts';

const MINUTE_MS = 60_000;

/** Source: Lambda developer guide, "Error handling for asynchronous invocation". */
const DEFAULTS: AsyncSettings = { maxRetries: 2, maxEventAgeMs: 6 * 60 * MINUTE_MS };

/** After a throttle the event is tried again from 1 s on, doubling up to 5 min. Source: as above. */
const FIRST_THROTTLE_WAIT_MS = 1_000;
const LONGEST_THROTTLE_WAIT_MS = 5 * MINUTE_MS;

export interface AsyncInvocations {
  readonly configure: (functionArn: string, settings: AsyncSettings) => void;
  /** Gives a function the settings that all have. */
  readonly reset: (functionArn: string) => void;
  /** Undefined: it has the settings that all have. */
  readonly find: (functionArn: string) => AsyncSettings | undefined;
  readonly submit: (functionArn: string, payload: string, requestId: string) => void;
}

interface AsyncEvent {
  readonly functionArn: string;
  readonly payload: string;
  readonly requestId: string;
  readonly submittedAtMs: number;
  readonly settings: AsyncSettings;
  readonly invokeCount: number;
  readonly throttleCount: number;
}

/**
 * Asynchronous invocations. After a function error the event is retried after one and after two minutes;
 * after a throttle, until the event is too old. Then it is dropped, or its record goes to the failure
 * destination.
 */
export function createAsyncInvocations({
  clock,
  invoke,
  onBug,
}: {
  clock: Clock;
  onBug: (error: unknown) => void;
  invoke: (functionArn: string, payload: string, options: InvokeOptions) => Promise<InvocationResult>;
}): AsyncInvocations {
  const configured = new Map<string, AsyncSettings>();
  const recordOf = (event: AsyncEvent, condition: string, result?: InvocationResult) =>
    record(event, condition, { nowMs: clock.now(), result });

  async function attempt(event: AsyncEvent): Promise<void> {
    let result: InvocationResult;
    try {
      result = await invoke(event.functionArn, event.payload, { requestId: event.requestId });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const waitMs = Math.min(FIRST_THROTTLE_WAIT_MS * 2 ** event.throttleCount, LONGEST_THROTTLE_WAIT_MS);
      return again({ ...event, throttleCount: event.throttleCount + 1 }, waitMs);
    }

    const tried = { ...event, invokeCount: event.invokeCount + 1 };
    if (!result.functionError) return event.settings.onSuccess?.(recordOf(tried, 'Success', result));
    if (event.invokeCount < event.settings.maxRetries)
      return again(tried, tried.invokeCount * MINUTE_MS, result);
    return event.settings.onFailure?.(recordOf(tried, 'RetriesExhausted', result));
  }

  async function again(event: AsyncEvent, waitMs: number, result?: InvocationResult): Promise<void> {
    if (clock.now() + waitMs - event.submittedAtMs > event.settings.maxEventAgeMs) {
      return event.settings.onFailure?.(recordOf(event, 'EventAgeExceeded', result));
    }
    clock.after(waitMs, () => inBackground(attempt(event), onBug));
  }

  return {
    configure: (functionArn, settings) => void configured.set(functionArn, settings),
    find: (functionArn) => configured.get(functionArn),
    reset: (functionArn) => void configured.delete(functionArn),
    submit(functionArn, payload, requestId) {
      const settings = configured.get(functionArn) ?? DEFAULTS;
      const submittedAtMs = clock.now();
      const event = {
        functionArn,
        payload,
        requestId,
        settings,
        submittedAtMs,
        invokeCount: 0,
        throttleCount: 0,
      };
      inBackground(attempt(event), onBug);
    },
  };
}

/** Source: Lambda developer guide, "Capturing records of Lambda asynchronous invocations". */
function record(
  event: AsyncEvent,
  condition: string,
  { nowMs, result }: { nowMs: number; result: InvocationResult | undefined },
) {
  return {
    version: '1.0',
    timestamp: new Date(nowMs).toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn: `${event.functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: event.invokeCount,
    },
    requestPayload: parsed(event.payload),
    ...(result && {
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        ...(result.functionError && { functionError: result.functionError }),
      },
      responsePayload: parsed(result.payload),
    }),
  };
}

function parsed(json: string): unknown {
  return JSON.parse(json);
}
