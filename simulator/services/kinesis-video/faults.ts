/** Faults of a fragment when it is listed and read. */
export interface FragmentFaults {
  /** How many reads do not find it; Infinity: all. */
  readonly missingReads?: number;
  /** In how many reads the connection breaks in the middle of it. */
  readonly brokenReads?: number;
  /** How long after its arrival it is listed. It can be read at once. */
  readonly listedAfterMs?: number;
  /** How many calls for its stream, of any operation, are throttled. */
  readonly refusedCalls?: number;
}

/** Returns a function that returns true `times` times, and then false. */
export function countdown(times = 0): () => boolean {
  let left = times;
  return () => {
    if (left <= 0) return false;
    left -= 1;
    return true;
  };
}
