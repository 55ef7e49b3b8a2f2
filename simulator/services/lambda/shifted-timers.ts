import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';

/** Shorter timers take the machine's time: they are about turns of the event loop, not about waiting. */
const SHORTEST_MS = 10;
/** The time before each look for other work than waiting. It doubles after each look, up to the last. */
const FIRST_LOOK_MS = 1;
const LAST_LOOK_MS = 64;

/** A handler with nothing but these is idle: timers, and the port to the simulator. */
const NO_WORK = new Set(['Timeout', 'Immediate', 'MessagePort']);
/** A connection with a request on it. Node.js does not count one that waits for the next request. */
const REQUEST = 'TCPSocketWrap';

export interface ShiftedTimers {
  /** Runs the timers that are due, after the simulator's time has moved on. */
  readonly wake: () => void;
  readonly state: () => WorkerState;
}

/** What is under way in this thread. */
export interface WorkerState {
  readonly requestCount: number;
  /** Whether anything other than requests and timers is under way. */
  readonly isWorking: boolean;
  /** When the first timer is due. */
  readonly untilMs?: number;
}

/**
 * Lets `setTimeout` of this thread wait in the simulator's time: a pause before a
 * retry is no reason for the simulator to stand still.
 *
 * Timers go off in the machine's time at the latest. But when nothing else is under
 * way here, above all no request, `onIdle` gets the time at which the first is due, and the other side calls
 * `wake` then. `onBusy` is called if a timer goes off by itself before.
 * Call `shiftDate` first.
 */
export function shiftTimers({
  isWorking,
  onIdle,
  onBusy,
}: {
  /** Whether a handler is running: other waits do not matter. */
  isWorking: () => boolean;
  onIdle: (untilMs: number) => void;
  onBusy: () => void;
}): ShiftedTimers {
  const { setTimeout: machineTimeout, clearTimeout: clearMachineTimeout } = globalThis;
  const pending = new Map<unknown, { readonly dueMs: number; readonly run: () => void }>();
  let looking: NodeJS.Timeout | undefined;
  let lookInMs = FIRST_LOOK_MS;
  let reportedIdleUntilMs: number | undefined;

  function setShifted(run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): NodeJS.Timeout {
    if (ms < SHORTEST_MS) return machineTimeout(run, ms, ...args);
    const timer = machineTimeout(() => {
      pending.delete(timer);
      if (reportedIdleUntilMs !== undefined) onBusy();
      reportedIdleUntilMs = undefined;
      run(...args);
    }, ms);
    pending.set(timer, { dueMs: Date.now() + ms, run: () => run(...args) });
    lookInMs = FIRST_LOOK_MS;
    looking ??= machineTimeout(look, lookInMs).unref();
    return timer;
  }

  function look(): void {
    looking = undefined;
    if (pending.size === 0 || !isWorking()) return;
    if (isIdle()) {
      const untilMs = firstDueMs();
      if (untilMs !== reportedIdleUntilMs) onIdle(untilMs);
      reportedIdleUntilMs = untilMs;
    }
    lookInMs = Math.min(2 * lookInMs, LAST_LOOK_MS);
    looking = machineTimeout(look, lookInMs).unref();
  }

  const firstDueMs = () => Math.min(...[...pending.values()].map(({ dueMs }) => dueMs));

  function clearShifted(timer: Parameters<typeof clearTimeout>[0]): void {
    pending.delete(timer);
    clearMachineTimeout(timer);
  }

  function wake(): void {
    reportedIdleUntilMs = undefined;
    for (const [timer, { dueMs, run }] of pending) {
      // The clock's milliseconds have fractions, those of a Date have none.
      if (dueMs > Date.now() + 1) continue;
      pending.delete(timer);
      if (timer instanceof Object && 'close' in timer && typeof timer.close === 'function') timer.close();
      run();
    }
  }

  const wait = <Value>(ms?: number, value?: Value): Promise<Value | undefined> =>
    new Promise((resolve) => void setShifted(() => resolve(value), ms));
  replaceTimers({ setTimeout: setShifted, clearTimeout: clearShifted, wait });
  return { wake, state: () => workerState(pending.size > 0 ? firstDueMs() : undefined) };
}

function isIdle(): boolean {
  return process.getActiveResourcesInfo().every((kind) => NO_WORK.has(kind));
}

function workerState(untilMs: number | undefined): WorkerState {
  const kinds = process.getActiveResourcesInfo();
  return {
    requestCount: kinds.filter((kind) => kind === REQUEST).length,
    isWorking: kinds.some((kind) => kind !== REQUEST && !NO_WORK.has(kind)),
    ...(untilMs !== undefined && { untilMs }),
  };
}

/** Replaces the timers of this thread, wherever Node.js offers them. */
function replaceTimers({
  setTimeout,
  clearTimeout,
  wait,
}: Readonly<Record<'setTimeout' | 'clearTimeout' | 'wait', (...args: never[]) => unknown>>): void {
  for (const home of [globalThis, timers]) {
    Object.assign(home, {
      setTimeout: Object.assign(setTimeout, { __promisify__: wait }),
      clearTimeout,
    });
  }
  Object.assign(timersPromises, { setTimeout: wait });
  syncBuiltinESMExports();
}
