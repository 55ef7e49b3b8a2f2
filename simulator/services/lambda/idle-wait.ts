import type { Clock } from '../../clock.ts';
import type { TimeHold } from './time-hold.ts';

/** The wait of a function that has only timers pending. */
export interface IdleWait {
  /** The function only waits until this time. Undefined: it works again. */
  readonly report: (untilMs: number | undefined) => void;
  /** Cancels the call of `wake`. */
  readonly end: () => void;
}

/** Lets fast time go on while a function is idle, and calls `wake` when its first timer is due. */
export function watchIdle(clock: Clock, time: TimeHold, wake: () => void): IdleWait {
  let workAgain: (() => void) | undefined;
  let cancelWakeUp: (() => void) | undefined;

  function resume(): void {
    workAgain?.();
    workAgain = undefined;
  }

  return {
    report(untilMs) {
      cancelWakeUp?.();
      cancelWakeUp = undefined;
      if (untilMs === undefined) return resume();
      if (time.isOver()) return;
      workAgain ??= time.rest();
      cancelWakeUp = clock.after(untilMs - clock.now(), () => {
        resume();
        wake();
      });
    },
    end: () => cancelWakeUp?.(),
  };
}
