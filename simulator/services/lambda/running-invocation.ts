import { randomBytes } from 'node:crypto';
import { setTimeout as machineTime } from 'node:timers/promises';
import type { Clock } from '../../clock.ts';
import type { CallingInvocation } from '../../gateway/fault.ts';
import { base64DataIn, idsInEvent } from '../../gateway/named-ids.ts';
import type { Environment } from './environment.ts';
import type { WorkerState } from './shifted-timers.ts';

export interface RunningInvocation extends CallingInvocation {
  /** Told until when the function only waits, or undefined when it goes on. */
  readonly hearIdle: (untilMs: number | undefined) => void;
  /** It is over: it holds fast time no longer. */
  readonly end: () => void;
}

/** Real time between two looks at what a function with a call that is held does otherwise, twice as long each time. */
const FIRST_LOOK_MS = 1;
/** Afterwards it counts as waiting, whatever it has open: a stream that it does not read, above all. */
const LAST_LOOK_MS = 64;

/**
 * One invocation from its start to its end. Fast time stands still while it works, and
 * goes on while it only waits: for an answer that takes its time or never comes, for a
 * function that it called, or for a timer. What it has waited counts for its timeout.
 *
 * A function that waits for an answer may have timers too, a client's time-out above all:
 * they go off when their time comes.
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
  /** Calls that it waits for. */
  let held = 0;
  let isWatched = false;
  let stopWaiting: (() => void) | undefined;
  let rests = 0;
  let restedAtMs = 0;
  let cancelTimeout: (() => void) | undefined;
  let goOn: (() => void) | undefined;
  let cancelWakeUp: (() => void) | undefined;
  let ids: ReturnType<typeof idsInEvent> | undefined;

  /** Lets fast time go on until the answer is called. */
  function rest(): () => void {
    rests += 1;
    if (rests === 1 && release) {
      restedAtMs = clock.now();
      cancelTimeout = clock.after(leftMs, environment.timeOut);
      release();
    }
    let isResting = true;
    return () => {
      if (!isResting) return;
      isResting = false;
      rests -= 1;
      if (rests > 0 || !release) return;
      release = clock.busy();
      cancelTimeout?.();
      leftMs = Math.max(leftMs - (clock.now() - restedAtMs), 0);
    };
  }

  function pause(): () => void {
    held += 1;
    stopWaiting?.();
    void watch();
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      held -= 1;
      stopWaiting?.();
    };
  }

  const isWaitingForCalls = () => held > 0 && release !== undefined;

  /** Lets fast time go on whenever the function does nothing but wait for calls that are held. */
  async function watch(): Promise<void> {
    if (isWatched) return;
    isWatched = true;
    let lookInMs = FIRST_LOOK_MS;
    while (isWaitingForCalls()) {
      const state = await environment.state();
      if (!state || !isWaitingForCalls()) break;
      const isWaiting = !state.isWorking && state.requestCount === held;
      if (isWaiting || lookInMs > LAST_LOOK_MS) {
        await waitUntil(state);
        lookInMs = FIRST_LOOK_MS;
      } else {
        await machineTime(lookInMs);
        lookInMs *= 2;
      }
    }
    isWatched = false;
  }

  /** Until its first timer is due, or another number of its calls is held. */
  function waitUntil({ untilMs }: WorkerState): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const workAgain = rest();
    let cancel: (() => void) | undefined;
    stopWaiting = () => {
      stopWaiting = undefined;
      cancel?.();
      workAgain();
      resolve();
    };
    if (untilMs !== undefined) {
      cancel = clock.after(untilMs - clock.now(), () => {
        stopWaiting?.();
        environment.wake();
      });
    }
    return promise;
  }

  function hearIdle(untilMs: number | undefined): void {
    cancelWakeUp?.();
    cancelWakeUp = undefined;
    if (untilMs === undefined) return resume();
    if (!release) return;
    goOn ??= rest();
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
      stopWaiting?.();
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
