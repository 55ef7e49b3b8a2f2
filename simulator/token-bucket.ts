import type { Clock } from './clock.ts';

/**
 * AWS's way of throttling: a bucket per key holds up to `burst` requests and fills again by `perSecond`.
 * Returns a function that takes one request out of the bucket and says whether there was one. The time is
 * the simulator's.
 */
export function tokenBuckets({
  clock,
  perSecond,
  burst,
}: {
  clock: Pick<Clock, 'now'>;
  perSecond: number;
  burst: number;
}): (key: string) => boolean {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return (key) => {
    const nowMs = clock.now();
    const before = buckets.get(key) ?? { tokens: burst, atMs: nowMs };
    const filled = Math.min(burst, before.tokens + ((nowMs - before.atMs) / 1000) * perSecond);
    const granted = filled >= 1;
    buckets.set(key, { tokens: granted ? filled - 1 : filled, atMs: nowMs });
    return granted;
  };
}
