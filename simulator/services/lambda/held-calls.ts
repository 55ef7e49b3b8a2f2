import { setTimeout as machineTime } from 'node:timers/promises';
import type { Clock } from '../../clock.ts';
import type { Environment } from './environment.ts';
import type { WorkerState } from './shifted-timers.ts';
import type { TimeHold } from './time-hold.ts';

/**
 * Real time between two checks of a function while one of its calls is held. It doubles after each check, up
 * to the last.
 */
const FIRST_LOOK_MS = 1;
/**
 * After this check the function counts as waiting, whatever it has open, usually a stream that it does not
 * read.
 */
const LAST_LOOK_MS = 64;

/** The calls of one invocation that get their answer late or never. */
export interface HeldCalls {
  /** Holds one more call until the returned function is called. */
  readonly hold: () => () => void;
  /** The function goes on even if calls are held. */
  readonly stopWaiting: () => void;
}

/**
 * Lets fast time go on whenever the function only waits for calls that are held.
 *
 * A function that waits for an answer can have timers too, usually the time-out of a client: they run when
 * they are due.
 */
export function watchHeldCalls(
  clock: Clock,
  { state, wake }: Pick<Environment, 'state' | 'wake'>,
  time: TimeHold,
): HeldCalls {
  let held = 0;
  let isWatched = false;
  let endWait: (() => void) | undefined;

  const isWaitingForCalls = () => held > 0 && !time.isOver();

  async function watch(): Promise<void> {
    if (isWatched) return;
    isWatched = true;
    let lookInMs = FIRST_LOOK_MS;
    while (isWaitingForCalls()) {
      const found = await state();
      if (!found || !isWaitingForCalls()) break;
      const isWaiting = !found.isWorking && found.requestCount === held;
      if (isWaiting || lookInMs > LAST_LOOK_MS) {
        await waitUntil(found);
        lookInMs = FIRST_LOOK_MS;
      } else {
        await machineTime(lookInMs);
        lookInMs *= 2;
      }
    }
    isWatched = false;
  }

  /** Waits until the first timer of the function is due, or until the number of held calls changes. */
  function waitUntil({ untilMs }: WorkerState): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const workAgain = time.rest();
    let cancel: (() => void) | undefined;
    endWait = () => {
      endWait = undefined;
      cancel?.();
      workAgain();
      resolve();
    };
    if (untilMs !== undefined) {
      cancel = clock.after(untilMs - clock.now(), () => {
        endWait?.();
        wake();
      });
    }
    return promise;
  }

  return {
    hold() {
      held += 1;
      endWait?.();
      void watch();
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        held -= 1;
        endWait?.();
      };
    },
    stopWaiting: () => endWait?.(),
  };
}
