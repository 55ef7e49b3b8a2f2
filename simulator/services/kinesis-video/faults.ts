/** What goes wrong when a fragment is listed and read. */
export interface FragmentFaults {
  /** So many reads do not find it; Infinity: none ever does. */
  readonly missingReads?: number;
  /** In so many reads the connection breaks off in the middle of it. */
  readonly brokenReads?: number;
  /** It can be read at once, and is listed only after this. */
  readonly listedAfterMs?: number;
  /** So many calls for its stream, of any operation, are refused as too many. */
  readonly refusedCalls?: number;
}

/** Answers `times` times that it happens, and then never again. */
export function countdown(times = 0): () => boolean {
  let left = times;
  return () => {
    if (left <= 0) return false;
    left -= 1;
    return true;
  };
}
