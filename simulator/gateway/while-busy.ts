import type { Clock } from '../clock.ts';

/**
 * Runs work that takes the machine's time and not the simulator's, such as reading a file: fast time
 * does not jump meanwhile. Do not use it for work that waits for the clock: the clock would never move.
 */
export async function whileBusy<T>(clock: Clock, work: () => T | Promise<T>): Promise<T> {
  const done = clock.busy();
  try {
    return await work();
  } finally {
    done();
  }
}
