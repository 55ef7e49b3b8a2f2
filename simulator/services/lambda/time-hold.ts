import type { Clock } from '../../clock.ts';

/** Holds fast time while an invocation works. */
export interface TimeHold {
  /** The invocation only waits: fast time goes on until the returned function is called. */
  readonly rest: () => () => void;
  readonly isOver: () => boolean;
  /** The invocation has ended: fast time goes on, and its time-out no longer counts. */
  readonly end: () => void;
}

/** Calls `onTimeout` when the invocation has waited for `timeoutMs` altogether. */
export function holdTime(clock: Clock, timeoutMs: number, onTimeout: () => void): TimeHold {
  let release: (() => void) | undefined = clock.busy();
  let leftMs = timeoutMs;
  let rests = 0;
  let restedAtMs = 0;
  let cancelTimeout: (() => void) | undefined;

  function goOn(): void {
    release = clock.busy();
    cancelTimeout?.();
    leftMs = Math.max(leftMs - (clock.now() - restedAtMs), 0);
  }

  return {
    rest() {
      rests += 1;
      if (rests === 1 && release) {
        restedAtMs = clock.now();
        cancelTimeout = clock.after(leftMs, onTimeout);
        release();
      }
      let isResting = true;
      return () => {
        if (!isResting) return;
        isResting = false;
        rests -= 1;
        if (rests === 0 && release) goOn();
      };
    },
    isOver: () => release === undefined,
    end() {
      release?.();
      release = undefined;
      cancelTimeout?.();
    },
  };
}
