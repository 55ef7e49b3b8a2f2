import type { Clock } from '../../../clock.ts';

/**
 * The machine's time between two events of a call, in which a flow runs its actions, does not count as time
 * of the call up to this limit. A longer time counts: then the flow waited for a function.
 */
const SLACK_MS = 1000;

/**
 * The time within one call. It is the time at which events are due, not the time at which the machine
 * handles them, so that a call is the same on a busy machine, to the sample.
 */
export interface CallTime {
  /** The time of the event that is being handled. Epoch milliseconds, whole. */
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
