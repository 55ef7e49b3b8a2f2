import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';

/** Shorter ones keep the machine's pace: they are about turns of the event loop, not about waiting. */
const SHORTEST_MS = 10;
/** Before it is looked whether there is nothing left to do but wait; twice as long each time, up to the last. */
const FIRST_LOOK_MS = 1;
const LAST_LOOK_MS = 64;

/** What keeps no handler from being idle: timers, and the port to the simulator. */
const NO_WORK = new Set(['Timeout', 'Immediate', 'MessagePort']);
/** A connection with a request on it; one that waits for the next request is not counted by Node.js. */
const REQUEST = 'TCPSocketWrap';

export interface ShiftedTimers {
  /** Runs what has fallen due, the simulator's time having moved on. */
  readonly wake: () => void;
  readonly state: () => WorkerState;
}

/** What is under way in this thread. */
export interface WorkerState {
  readonly requestCount: number;
  /** Whether there is anything but requests and timers. */
  readonly isWorking: boolean;
  /** When the first timer is due. */
  readonly untilMs?: number;
}

/**
 * Lets `setTimeout` of this thread wait in the simulator's time: a pause before a
 * retry is no reason for the simulator to stand still.
 *
 * Timers go off in the machine's time at the latest. But when nothing else is under
 * way here, no request above all, `onIdle` is told when the first is due, and
 * `onBusy` once one has gone off by itself; the other side then calls `wake`.
 * Needs `shiftDate` to have been called.
 */
export function shiftTimers({
  isWorking,
  onIdle,
  onBusy,
}: {
  /** Whether a handler is running: nobody waits for anything else. */
  isWorking: () => boolean;
  onIdle: (untilMs: number) => void;
  onBusy: () => void;
}): ShiftedTimers {
  const { setTimeout: machineTimeout, clearTimeout: clearMachineTimeout } = globalThis;
  const pending = new Map<unknown, { readonly dueMs: number; readonly run: () => void }>();
  let looking: NodeJS.Timeout | undefined;
  let lookInMs = FIRST_LOOK_MS;
  let toldIdleUntilMs: number | undefined;

  function setShifted(run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): NodeJS.Timeout {
    if (ms < SHORTEST_MS) return machineTimeout(run, ms, ...args);
    const timer = machineTimeout(() => {
      pending.delete(timer);
      if (toldIdleUntilMs !== undefined) onBusy();
      toldIdleUntilMs = undefined;
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
      if (untilMs !== toldIdleUntilMs) onIdle(untilMs);
      toldIdleUntilMs = untilMs;
    }
    lookInMs = Math.min(2 * lookInMs, LAST_LOOK_MS);
    looking = machineTimeout(look, lookInMs).unref();
  }

  const firstDueMs = () => Math.min(...[...pending.values()].map(({ dueMs }) => dueMs));

  function state(): WorkerState {
    const kinds = process.getActiveResourcesInfo();
    return {
      requestCount: kinds.filter((kind) => kind === REQUEST).length,
      isWorking: kinds.some((kind) => kind !== REQUEST && !NO_WORK.has(kind)),
      ...(pending.size > 0 && { untilMs: firstDueMs() }),
    };
  }

  function clearShifted(timer: Parameters<typeof clearTimeout>[0]): void {
    pending.delete(timer);
    clearMachineTimeout(timer);
  }

  function wake(): void {
    toldIdleUntilMs = undefined;
    for (const [timer, { dueMs, run }] of pending) {
      // The clock's milliseconds have fractions, a Date's do not.
      if (dueMs > Date.now() + 1) continue;
      pending.delete(timer);
      if (timer instanceof Object && 'close' in timer && typeof timer.close === 'function') timer.close();
      run();
    }
  }

  const wait = <Value>(ms?: number, value?: Value): Promise<Value | undefined> =>
    new Promise((resolve) => void setShifted(() => resolve(value), ms));
  for (const home of [globalThis, timers]) {
    Object.assign(home, {
      setTimeout: Object.assign(setShifted, { __promisify__: wait }),
      clearTimeout: clearShifted,
    });
  }
  Object.assign(timersPromises, { setTimeout: wait });
  syncBuiltinESMExports();
  return { wake, state };
}

function isIdle(): boolean {
  return process.getActiveResourcesInfo().every((kind) => NO_WORK.has(kind));
}
