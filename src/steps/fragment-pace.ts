import type { ClockPort } from './ports.ts';

/** Requests in any second. Source: Kinesis Video Streams developer guide, "Quotas", fragment-media quota. */
const FRAGMENTS_PER_SECOND = 500;
/** A tenth more, because neither timers nor networks are exact. */
const SECOND_MS = 1100;

/** Delays requests for fragments of one stream to the stream's quota, in the order of the requests. */
export function fragmentPace({
  now,
  wait,
}: ClockPort & { readonly wait: (delayMs: number) => Promise<void> }): (
  fragmentCount: number,
) => Promise<void> {
  const granted: { readonly atMs: number; readonly fragmentCount: number }[] = [];
  let grantedCount = 0;
  let atMs = -Infinity;
  return async (fragmentCount) => {
    atMs = Math.max(atMs, now());
    for (let oldest = granted[0]; oldest; oldest = granted[0]) {
      const isOld = oldest.atMs + SECOND_MS <= atMs;
      if (!isOld && grantedCount + fragmentCount <= FRAGMENTS_PER_SECOND) break;
      atMs = Math.max(atMs, oldest.atMs + SECOND_MS);
      grantedCount -= oldest.fragmentCount;
      granted.shift();
    }
    granted.push({ atMs, fragmentCount });
    grantedCount += fragmentCount;
    const delayMs = atMs - now();
    if (delayMs > 0) await wait(delayMs);
  };
}
