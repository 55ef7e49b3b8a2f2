import type { Worker } from 'node:worker_threads';

/**
 * In fast time, work can take so many times as long as Lambda allows: other programs run on the machine too.
 */
const SLOWEST_MACHINE = 20;
/**
 * The part of the limit after which the CPU time of the worker is first read: almost all work is done by then,
 * and to read it takes a turn of the worker.
 */
const UNWATCHED = 0.1;

const LATE = Symbol('late');

/**
 * Returns what `work` in a worker resolves to, or what `late` returns if the work takes longer than `limitMs`.
 * In fast time the limit is CPU time of the worker, from a tenth of the limit on, since a busy machine is not the
 * fault of the function; otherwise it is the machine's time.
 */
export async function limitTime<T>(
  { worker, isFast }: { readonly worker: Worker; readonly isFast: boolean },
  limitMs: number,
  { work, late }: { readonly work: Promise<T>; readonly late: () => T },
): Promise<T> {
  if (!isFast) return within(limitMs, work, late);
  const early = await within<T | typeof LATE>(UNWATCHED * limitMs, work, () => LATE);
  if (early !== LATE) return early;
  const cpuAtStart = cpuMsOf(worker);
  for (let count = 1; count < SLOWEST_MACHINE; count += 1) {
    const result = await within<T | typeof LATE>(limitMs, work, () => LATE);
    if (result !== LATE) return result;
    if ((await cpuMsOf(worker)) - (await cpuAtStart) >= limitMs) return late();
  }
  return within(limitMs, work, late);
}

/** The CPU time that a worker has used; 0 if it has ended, which its event `exit` then reports. */
async function cpuMsOf(worker: Worker): Promise<number> {
  try {
    const { user, system } = await worker.cpuUsage();
    return (user + system) / 1000;
  } catch {
    return 0;
  }
}

/** Returns what `promise` resolves to, or what `late` returns if that takes longer than `limitMs` of real time. */
export async function within<T>(limitMs: number, promise: Promise<T>, late: () => T): Promise<T> {
  const { promise: limit, resolve } = Promise.withResolvers<T>();
  const timer = setTimeout(() => resolve(late()), limitMs);
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}
