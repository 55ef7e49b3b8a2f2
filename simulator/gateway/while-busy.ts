import type { Clock } from '../clock.ts';

/**
 * Runs work that takes the machine's time and not the simulator's, such as reading
 * a file: fast time does not jump meanwhile. Not for anything that waits on the
 * clock, which would then never move.
 */
export async function whileBusy<T>(clock: Clock, work: () => T | Promise<T>): Promise<T> {
  const done = clock.busy();
  try {
    return await work();
  } finally {
    done();
  }
}
