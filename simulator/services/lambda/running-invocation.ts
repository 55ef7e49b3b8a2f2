import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { CallingInvocation } from '../../gateway/fault.ts';
import { base64DataIn, idsInEvent } from '../../gateway/named-ids.ts';
import type { Environment } from './environment.ts';

export interface RunningInvocation extends CallingInvocation {
  /** Told until when the function only waits, or undefined when it goes on. */
  readonly hearIdle: (untilMs: number | undefined) => void;
  /** It is over: it holds fast time no longer. */
  readonly end: () => void;
}

/**
 * One invocation from its start to its end. Fast time stands still while it works, and
 * goes on while it only waits: for an answer that takes its time, for a function that
 * it called, or for a timer. What it has waited counts for its timeout.
 */
export function runningInvocation({
  clock,
  environment,
  payload,
  timeoutMs,
}: {
  clock: Clock;
  environment: Environment;
  payload: string;
  timeoutMs: number;
}): RunningInvocation {
  let release: (() => void) | undefined = clock.busy();
  let leftMs = timeoutMs;
  let pauses = 0;
  let pausedAtMs = 0;
  let cancelTimeout: (() => void) | undefined;
  let goOn: (() => void) | undefined;
  let cancelWakeUp: (() => void) | undefined;
  let ids: ReturnType<typeof idsInEvent> | undefined;

  function pause(): () => void {
    pauses += 1;
    if (pauses === 1 && release) {
      pausedAtMs = clock.now();
      cancelTimeout = clock.after(leftMs, environment.timeOut);
      release();
    }
    let isPaused = true;
    return () => {
      if (!isPaused) return;
      isPaused = false;
      pauses -= 1;
      if (pauses > 0 || !release) return;
      release = clock.busy();
      cancelTimeout?.();
      leftMs = Math.max(leftMs - (clock.now() - pausedAtMs), 0);
    };
  }

  function hearIdle(untilMs: number | undefined): void {
    cancelWakeUp?.();
    cancelWakeUp = undefined;
    if (untilMs === undefined) return resume();
    if (!release) return;
    goOn ??= pause();
    cancelWakeUp = clock.after(untilMs - clock.now(), () => {
      resume();
      environment.wake();
    });
  }

  function resume(): void {
    goOn?.();
    goOn = undefined;
  }

  return {
    isAbout: (text) => mentions(payload, text),
    ids: () => (ids ??= idsInEvent(payload)),
    kill: environment.kill,
    pause,
    hearIdle,
    end() {
      release?.();
      release = undefined;
      cancelTimeout?.();
      cancelWakeUp?.();
    },
  };
}

/** Source: X-Ray developer guide, "Tracing header". */
export function newTraceHeader(nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000).toString(16);
  return `Root=1-${seconds}-${hex(12)};Parent=${hex(8)};Sampled=0`;
}

const hex = (bytes: number) => randomBytes(bytes).toString('hex');

function mentions(payload: string, text: string): boolean {
  return payload.includes(text) || base64DataIn(payload).some((data) => data.includes(text));
}
