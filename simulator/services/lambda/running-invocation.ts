import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { CallingInvocation } from '../../gateway/fault.ts';
import { base64DataIn, idsInEvent } from '../../gateway/named-ids.ts';
import type { Environment } from './environment.ts';
import { watchHeldCalls } from './held-calls.ts';
import { type IdleWait, watchIdle } from './idle-wait.ts';
import { holdTime } from './time-hold.ts';

export interface RunningInvocation extends CallingInvocation {
  /** Call it with the time until which the function only waits, and with undefined when it goes on. */
  readonly hearIdle: IdleWait['report'];
  /** The invocation has ended: it no longer holds fast time. */
  readonly end: () => void;
}

/**
 * One invocation from its start to its end. Fast time does not move while the function works, and goes on
 * while it only waits: for a late or missing answer, for a function that it called, or for a timer. The
 * time-out counts these waits.
 */
export function runningInvocation({
  clock,
  environment,
  payload,
  timeoutMs,
  onRest,
}: {
  clock: Clock;
  environment: Environment;
  payload: string;
  timeoutMs: number;
  /** Called with true when the function begins to wait, and with false when it works again. */
  onRest: (isResting: boolean) => void;
}): RunningInvocation {
  const time = holdTime(clock, { timeoutMs, onTimeout: environment.timeOut, onRest });
  const heldCalls = watchHeldCalls(clock, environment, time);
  const idle = watchIdle(clock, time, environment.wake);
  let ids: ReturnType<typeof idsInEvent> | undefined;
  return {
    isAbout: (text) => mentions(payload, text),
    ids: () => (ids ??= idsInEvent(payload)),
    kill: environment.kill,
    pause: heldCalls.hold,
    hearIdle: idle.report,
    end() {
      time.end();
      heldCalls.stopWaiting();
      idle.end();
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
