import type { KvsRecording } from './recordings.ts';

/** A fragment in ListFragments. Times are in milliseconds since the epoch, lengths in milliseconds. */
export interface FragmentListing {
  /** Decimal, some 47 digits: compare as BigInt. */
  readonly fragmentNumber: string;
  /** When its audio begins, by the producer's clock. */
  readonly startMs?: number;
  readonly lengthMs?: number;
}

/** Gaps below this are jitter, as on the audio's own timeline. */
const LEAST_GAP_MS = 100;
/** How close a fragment's start must be to where it would be if whole fragments were missing before it. */
const EXACTNESS_MS = 10;
/** Source: Kinesis Video Streams developer guide, "Quotas": fragments of 1 to 20 s. Shorter lengths are not durations. */
const LEAST_TYPICAL_MS = 500;

/**
 * Whether a list has a gap in time between the first and the last fragment of a recording:
 *
 *     'none'       or the list does not give times
 *     'pause'      for a stretch nothing was sent, or something is not listed (yet)
 *     'fragments'  the fragments before and behind it begin as far apart as if one or several
 *                  of the usual length were between them, to 10 ms: these are likely not listed yet
 *
 * A gap that is longer than the recording is a wrong time, and is ignored.
 */
export function gapIn(
  recording: KvsRecording,
  listed: Iterable<FragmentListing>,
): 'none' | 'pause' | 'fragments' {
  const timed = [...listed].flatMap(({ fragmentNumber, startMs, lengthMs }) =>
    isWithin(recording, fragmentNumber) && startMs !== undefined && lengthMs !== undefined
      ? [{ number: BigInt(fragmentNumber), startMs, lengthMs }]
      : [],
  );
  const typicalMs = medianOf(timed.map(({ lengthMs }) => lengthMs));
  if (typicalMs < LEAST_TYPICAL_MS) return 'none';

  const longestMs = Math.max(0, recording.stopMs - recording.startMs) + LEAST_TYPICAL_MS;
  let found: 'none' | 'pause' | 'fragments' = 'none';
  let before: { readonly startMs: number; readonly endMs: number } | undefined;
  for (const { startMs, lengthMs } of timed.toSorted((a, b) => (a.number < b.number ? -1 : 1))) {
    const gapMs = before ? startMs - before.endMs : 0;
    if (before && gapMs >= LEAST_GAP_MS && gapMs <= longestMs) {
      if (isMultipleOf(typicalMs, startMs - before.startMs - typicalMs)) return 'fragments';
      found = 'pause';
    }
    const endMs = startMs + lengthMs;
    if (!before || endMs > before.endMs) before = { startMs, endMs };
  }
  return found;
}

/** Whether a fragment lies between the first and the last of a recording, both included. */
export function isWithin(
  { fragmentStartNumber, fragmentStopNumber }: KvsRecording,
  fragmentNumber: string,
): boolean {
  const number = BigInt(fragmentNumber);
  return number >= BigInt(fragmentStartNumber) && number <= BigInt(fragmentStopNumber);
}

function isMultipleOf(typicalMs: number, ms: number): boolean {
  const count = Math.round(ms / typicalMs);
  return count >= 1 && Math.abs(ms - count * typicalMs) <= EXACTNESS_MS;
}

/** 0 for an empty list. */
function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** How long after the end of a call fragments can still be listed or found. */
const LONGEST_WAIT_MS = 180_000;
/**
 * Without retention, what Amazon Connect streams can be read for five minutes.
 * Source: Amazon Connect administrator guide, "Enable live media streaming".
 */
const SHORTEST_RETENTION_MS = 300_000;
/** The time to come back from the queue and to read the fragments. */
const READING_MS = 20_000;

/**
 * For how many milliseconds the step can still wait for fragments: until three minutes after the end of the
 * call, and no longer than its first fragment is certain to be kept. If that one is older than five minutes
 * and still listed, the stream keeps fragments longer.
 *
 * It does not wait if the end of the call is far in the future.
 */
export function waitLeftMs({
  nowMs,
  endedAtMs,
  startMs,
  isStartListed,
}: {
  readonly nowMs: number;
  readonly endedAtMs: number;
  readonly startMs: number;
  readonly isStartListed: boolean;
}): number {
  const sinceEndMs = nowMs - endedAtMs;
  if (!(Math.abs(sinceEndMs) < LONGEST_WAIT_MS)) return 0;
  const leftMs = LONGEST_WAIT_MS - sinceEndMs;
  const ageMs = nowMs - startMs;
  if (isStartListed && ageMs > SHORTEST_RETENTION_MS + READING_MS) return leftMs;
  return Math.max(0, Math.min(leftMs, SHORTEST_RETENTION_MS - READING_MS - ageMs));
}
