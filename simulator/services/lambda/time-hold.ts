import type { Clock } from '../../clock.ts';

/** Holds fast time while an invocation works. */
export interface TimeHold {
  /** The invocation only waits: fast time goes on until the returned function is called. */
  readonly rest: () => () => void;
  readonly isOver: () => boolean;
  /** The invocation has ended: fast time goes on, and its time-out no longer counts. */
  readonly end: () => void;
}

interface HoldOptions {
  readonly timeoutMs: number;
  /** Called when the invocation has waited for `timeoutMs` altogether. */
  readonly onTimeout: () => void;
  /** Called with true when the invocation begins to wait, and with false when it goes on. */
  readonly onRest: (isResting: boolean) => void;
}

export function holdTime(clock: Clock, { timeoutMs, onTimeout, onRest }: HoldOptions): TimeHold {
  let release: (() => void) | undefined = clock.busy();
  let leftMs = timeoutMs;
  let rests = 0;
  let restedAtMs = 0;
  let cancelTimeout: (() => void) | undefined;

  function goOn(): void {
    release = clock.busy();
    cancelTimeout?.();
    leftMs = Math.max(leftMs - (clock.now() - restedAtMs), 0);
    onRest(false);
  }

  return {
    rest() {
      rests += 1;
      if (rests === 1 && release) {
        restedAtMs = clock.now();
        cancelTimeout = clock.after(leftMs, onTimeout);
        release();
        onRest(true);
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
