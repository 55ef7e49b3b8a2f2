import { createTimerQueue, type Timer, type TimerQueue } from './timer-queue.ts';

/**
 * The simulator's time.
 *
 * It is the machine's time plus an offset. In `real` time the offset moves only
 * by `advance`. In `fast` time the clock jumps to the next timer as soon as
 * nothing is busy, so that an hour of waiting takes a moment. All parts see the same
 * time, and so do functions in their workers, through `offset`.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /**
   * Runs `run` once, `delayMs` from now. A `background` timer (a schedule that ticks without end) runs
   * when it is due, but the clock does not jump for it. Throws RangeError for a delay that is not a
   * finite number.
   */
  readonly after: (delayMs: number, run: () => void, options?: { background?: boolean }) => Cancel;
  /** Rejects with the errors that `after` throws. */
  readonly sleep: (delayMs: number) => Promise<void>;
  /** While one of these is open, fast time stands still. Call the returned function when done. */
  readonly busy: () => Done;
  /** Whether time jumps over waits. */
  readonly isFast: boolean;
  /** What is pending: work that stops the time, and timers that are not in the background. */
  readonly underWay: () => { readonly working: number; readonly timers: number };
  /** Moves time on at once, and runs every timer that falls due, in order. */
  readonly advance: (ms: number) => void;
  /**
   * Moves time on to a later time, epoch milliseconds, as if the machine had slept: timers that fell due meanwhile
   * run then, each once. Throws RangeError for a time that is no number, or in the past.
   */
  readonly leapTo: (timeMs: number) => void;
  /** One Float64: milliseconds to add to the machine's time. Shared with workers. */
  readonly offset: SharedArrayBuffer;
  readonly stop: () => void;
}

type Cancel = () => void;
type Done = () => void;

/** The limit of setTimeout is 2^31 - 1 ms. The clock looks at longer waits again after this time. */
const LONGEST_WAIT_MS = 3_600_000;

export function createClock(mode: 'real' | 'fast'): Clock {
  const { offset, now, moveTo } = createShiftedTime();
  const timers = createTimerQueue();
  const work = countWork(planJump);
  let stopped = false;
  let waiting: NodeJS.Timeout | undefined;
  let cancelJump: Cancel | undefined;

  /** A timer that throws is a bug of its caller. The timers after it still run. */
  function runUntil(timeMs: () => number): void {
    try {
      for (let timer = takeDue(timers, timeMs()); timer; timer = takeDue(timers, timeMs())) {
        moveTo(timer.dueMs);
        timer.run();
      }
    } finally {
      plan();
    }
  }

  function plan(): void {
    clearTimeout(waiting);
    const first = timers.first();
    if (!first || stopped) return;
    waiting = setTimeout(runUntil, Math.min(Math.max(first.dueMs - now(), 0), LONGEST_WAIT_MS), now);
    planJump();
  }

  /** Two turns of the event loop are enough for work that is about to begin. */
  function planJump(): void {
    if (mode === 'fast') cancelJump ??= afterTwoTurns(jump);
  }

  function jump(): void {
    cancelJump = undefined;
    const first = timers.first();
    if (stopped || work.count() > 0 || !first || timers.foregroundCount() === 0) return;
    moveTo(first.dueMs);
    runUntil(now);
  }

  function after(delayMs: number, run: () => void, { background = false } = {}): Cancel {
    const timer = { dueMs: now() + Math.max(requireMs(delayMs), 0), run, background };
    timers.add(timer);
    plan();
    return () => {
      timers.remove(timer);
      plan();
    };
  }

  return {
    now,
    after,
    offset,
    leapTo(timeMs) {
      if (!(timeMs >= now())) throw new RangeError(`not a time to leap to: ${timeMs}, it is ${now()}`);
      moveTo(timeMs);
      plan();
    },
    sleep: (delayMs) => new Promise((resolve) => void after(delayMs, resolve)),
    busy: work.begin,
    isFast: mode === 'fast',
    underWay: () => ({ working: work.count(), timers: timers.foregroundCount() }),
    advance(ms) {
      const untilMs = now() + requireMs(ms);
      runUntil(() => untilMs);
      moveTo(untilMs);
      plan();
    },
    stop() {
      stopped = true;
      timers.clear();
      clearTimeout(waiting);
      cancelJump?.();
    },
  };
}

/** Throws RangeError for what is not a length of time. */
function requireMs(ms: number): number {
  if (Number.isFinite(ms)) return ms;
  throw new RangeError(`not a length of time: ${ms} ms`);
}

/** The machine's time plus an offset, which only grows. `moveTo` does nothing for a time in the past. */
function createShiftedTime(): Pick<Clock, 'offset' | 'now'> & { readonly moveTo: (timeMs: number) => void } {
  const offset = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const offsetMs = new Float64Array(offset);
  const now = () => Date.now() + (offsetMs[0] ?? 0);
  return {
    offset,
    now,
    moveTo: (timeMs) => void (offsetMs[0] = (offsetMs[0] ?? 0) + Math.max(timeMs - now(), 0)),
  };
}

/** Counts the pieces of work under way. Calls `onLastDone` when there are none any more. */
function countWork(onLastDone: () => void): { readonly begin: () => Done; readonly count: () => number } {
  let count = 0;
  return {
    count: () => count,
    begin() {
      count += 1;
      let isOpen = true;
      return () => {
        if (!isOpen) return;
        isOpen = false;
        count -= 1;
        if (count === 0) onLastDone();
      };
    },
  };
}

/** Removes the first timer and returns it, if it is due by that time. */
function takeDue(timers: TimerQueue, timeMs: number): Timer | undefined {
  const timer = timers.first();
  if (!timer || timer.dueMs > timeMs) return undefined;
  timers.remove(timer);
  return timer;
}

/** Runs `run` two turns of the event loop later. */
function afterTwoTurns(run: () => void): Cancel {
  let next = setImmediate(() => {
    next = setImmediate(run);
  });
  return () => clearImmediate(next);
}
