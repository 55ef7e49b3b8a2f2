import type { Clock } from '../../../clock.ts';

/**
 * So much of the machine's own time, for running a flow's actions between two
 * things that happen in a call, does not count as the call's. More does: then a
 * function was waited for.
 */
const SLACK_MS = 1000;

/**
 * The time within one call. It is the time at which things are due, not the one at
 * which the machine comes to them, so that a call is the same on a loaded machine,
 * to the sample of what is said in it.
 */
export interface CallTime {
  /** The moment that is being dealt with. Epoch milliseconds, whole. */
  readonly now: () => number;
  /** Runs `run` at that time of the call, unless cancelled. */
  readonly at: (timeMs: number, run: () => void) => () => void;
}

export function createCallTime(clock: Pick<Clock, 'now' | 'after'>): CallTime {
  let momentMs = Math.floor(clock.now());
  return {
    now() {
      const clockMs = Math.floor(clock.now());
      if (clockMs - momentMs > SLACK_MS) momentMs = clockMs;
      return momentMs;
    },
    at: (timeMs, run) =>
      clock.after(timeMs - clock.now(), () => {
        momentMs = Math.max(momentMs, timeMs);
        run();
      }),
  };
}
