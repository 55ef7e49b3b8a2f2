import { createHash } from 'node:crypto';

/** The prefix of all fragment numbers. With it they have 47 digits, far beyond 2^53. */
const PREFIX = 91_343_852_333_181n;
const DIGITS_AFTER_PREFIX = 33n;

/** Leaves room above, so that no stream grows past 47 digits. */
const START_LIMIT = 10n ** (DIGITS_AFTER_PREFIX - 1n);

/**
 * The fragment numbers of one stream, in order of arrival: 47 digits, always greater, never contiguous, and
 * so close together that they are equal as a `Number`. The same stream name gives the same numbers.
 *
 * Source: Kinesis Video Streams API reference, "Fragment": "monotonically
 * increases based on the ingestion order".
 */
export function fragmentNumbers(streamArn: string): () => string {
  const digest = createHash('sha256').update(streamArn).digest();
  let last = PREFIX * 10n ** DIGITS_AFTER_PREFIX + (digest.readBigUInt64BE(0) ** 2n % START_LIMIT);
  let state = digest.readUInt32BE(8);
  return () => {
    state = nextRandom(state);
    last += 2n + BigInt(state);
    return last.toString();
  };
}

/** Xorshift32: enough for uneven gaps. Source: Marsaglia, "Xorshift RNGs", 2003, section 3.1. */
function nextRandom(previous: number): number {
  let state = previous || 1;
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return state >>> 0;
}
