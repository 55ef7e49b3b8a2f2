/** How calls are kept to Amazon Connect's rate. */
export interface Limits {
  /** Lets so many milliseconds pass. */
  readonly wait: (ms: number) => Promise<void>;
  /** A steady clock, in milliseconds. */
  readonly clock: () => number;
}

/**
 * Amazon Connect takes two calls a second of each operation, and five at once. Others ask too, so one a half
 * second, and two at once, is what we take. Source: Amazon Connect administrator guide, API throttling quotas.
 */
const EVERY_MS = 500;
const AT_ONCE = 2;

/** Answers when the next call of an operation may go out. Services other than Amazon Connect are not held back. */
export function limited({ wait, clock }: Limits): (permission: string) => Promise<void> {
  const freeAtMs = new Map<string, number>();
  return async (permission) => {
    if (!permission.startsWith('connect:')) return;
    const nowMs = clock();
    const earliestMs = nowMs - (AT_ONCE - 1) * EVERY_MS;
    const turnMs = Math.max(freeAtMs.get(permission) ?? earliestMs, earliestMs);
    freeAtMs.set(permission, turnMs + EVERY_MS);
    if (turnMs > nowMs) await wait(turnMs - nowMs);
  };
}
