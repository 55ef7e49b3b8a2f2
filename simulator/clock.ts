import { createTimerQueue, type Timer } from './timer-queue.ts';

/**
 * The simulator's time.
 *
 * It is the machine's time plus an offset. In `real` time the offset moves only
 * by `advance`. In `fast` time the clock jumps to the next timer as soon as
 * nothing is busy, so that an hour of waiting takes a moment, and everybody sees
 * the same hour: functions in their workers too, through `offset`.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /**
   * Runs `run` once, `delayMs` from now. A `background` timer (a schedule that
   * would tick for ever) goes off when its time comes but is no reason to jump.
   * Throws RangeError for a delay that is no finite number.
   */
  readonly after: (delayMs: number, run: () => void, options?: { background?: boolean }) => Cancel;
  /** Rejects as `after` throws. */
  readonly sleep: (delayMs: number) => Promise<void>;
  /** While one of these is open, fast time stands still. Call the answer when done. */
  readonly busy: () => Done;
  /** Whether time jumps over waits. */
  readonly isFast: boolean;
  /** What is under way: work that time stands still for, and timers that are no background ones. */
  readonly underWay: () => { readonly working: number; readonly timers: number };
  /** Moves time on at once, running every timer that falls due, in order. */
  readonly advance: (ms: number) => void;
  /** One Float64: milliseconds to add to the machine's time. Shared with workers. */
  readonly offset: SharedArrayBuffer;
  readonly stop: () => void;
}

type Cancel = () => void;
type Done = () => void;

/** setTimeout's own limit is 2^31 - 1 ms; longer waits are looked at again after this. */
const LONGEST_WAIT_MS = 3_600_000;

export function createClock(mode: 'real' | 'fast'): Clock {
  const offset = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const offsetMs = new Float64Array(offset);
  const timers = createTimerQueue();
  let busyCount = 0;
  let stopped = false;
  let waiting: NodeJS.Timeout | undefined;
  let jump: NodeJS.Immediate | undefined;

  const now = () => Date.now() + (offsetMs[0] ?? 0);

  /** Where a timer throws, that is its caller's bug; those behind it still have their turn. */
  function runDue(): void {
    try {
      for (let timer = timers.first(); timer && timer.dueMs <= now(); timer = timers.first()) {
        timers.remove(timer);
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
    waiting = setTimeout(runDue, Math.min(Math.max(first.dueMs - now(), 0), LONGEST_WAIT_MS));
    planJump();
  }

  /** Two turns of the event loop let whatever is about to become busy do so. */
  function planJump(): void {
    if (mode !== 'fast' || jump) return;
    jump = setImmediate(() => {
      jump = setImmediate(() => {
        jump = undefined;
        const first = timers.first();
        if (stopped || busyCount > 0 || !first || timers.foregroundCount() === 0) return;
        moveTo(first.dueMs);
        runDue();
      });
    });
  }

  function moveTo(timeMs: number): void {
    offsetMs[0] = (offsetMs[0] ?? 0) + Math.max(timeMs - now(), 0);
  }

  function after(delayMs: number, run: () => void, { background = false } = {}): Cancel {
    if (!Number.isFinite(delayMs)) throw new RangeError(`not a time to wait: ${delayMs} ms`);
    const timer: Timer = { dueMs: now() + Math.max(delayMs, 0), run, background };
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
    sleep: (delayMs) => new Promise((resolve) => void after(delayMs, resolve)),
    busy() {
      busyCount += 1;
      let open = true;
      return () => {
        if (!open) return;
        open = false;
        busyCount -= 1;
        if (busyCount === 0) planJump();
      };
    },
    isFast: mode === 'fast',
    underWay: () => ({ working: busyCount, timers: timers.foregroundCount() }),
    advance(ms) {
      if (!Number.isFinite(ms)) throw new RangeError(`not a time to move on by: ${ms} ms`);
      const until = now() + ms;
      try {
        for (let timer = timers.first(); timer && timer.dueMs <= until; timer = timers.first()) {
          timers.remove(timer);
          moveTo(timer.dueMs);
          timer.run();
        }
        moveTo(until);
      } finally {
        plan();
      }
    },
    stop() {
      stopped = true;
      timers.clear();
      clearTimeout(waiting);
      clearImmediate(jump);
    },
  };
}
