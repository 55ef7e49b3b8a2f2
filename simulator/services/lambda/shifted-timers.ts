import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';

/** Shorter timers use the machine's time: they yield to the event loop, they do not wait. */
const SHORTEST_MS = 10;
/** The time before each check for work other than waiting. It doubles after each check, up to the last. */
const FIRST_LOOK_MS = 1;
const LAST_LOOK_MS = 64;

/** A handler is idle if only these are open: timers, and the port to the simulator. */
const NO_WORK = new Set(['Timeout', 'Immediate', 'MessagePort']);
/** A connection with a request on it. Node.js does not count connections that wait for the next request. */
const REQUEST = 'TCPSocketWrap';

export interface ShiftedTimers {
  /** Runs the timers that are due, after the simulator's time has moved on. */
  readonly wake: () => void;
  readonly state: () => WorkerState;
}

/** The pending work of this thread. */
export interface WorkerState {
  readonly requestCount: number;
  /** Whether anything other than requests and timers is pending. */
  readonly isWorking: boolean;
  /** When the first timer is due. */
  readonly untilMs?: number;
}

/**
 * Makes `setTimeout` of this thread wait in the simulator's time, so that a pause before a retry does not
 * stop the simulator.
 *
 * Timers run in the machine's time at the latest. But if nothing else is pending here, especially no
 * request, `onIdle` gets the time at which the first timer is due, and the simulator calls `wake` then.
 * `onBusy` is called if a timer runs before that. Call `shiftDate` first.
 */
export function shiftTimers({
  isWorking,
  onIdle,
  onBusy,
}: {
  /** Whether a handler is running: waits at other times are ignored. */
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
      // The clock's milliseconds have fractions, those of a Date do not.
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

/** Replaces the timers of this thread, in all places where Node.js has them. */
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
