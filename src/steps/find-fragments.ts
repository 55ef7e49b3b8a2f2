import { fragmentNumbersOf } from '../domain/audio/caller-audio.ts';
import { RetryableError } from '../domain/errors.ts';
import { type FragmentListing, gapIn, isWithin } from '../domain/audio/fragment-list.ts';
import type { KvsRecording } from '../domain/audio/recordings.ts';

export interface FindFragmentsPorts {
  /** The fragments that Kinesis Video Streams received between two times, in any order. */
  readonly listFragments: (
    range: Pick<KvsRecording, 'streamArn' | 'startMs' | 'stopMs'>,
  ) => Promise<readonly FragmentListing[]>;
  /** Milliseconds. */
  readonly wait: (delayMs: number) => Promise<void>;
}

export interface FoundFragments {
  /** In the order they were spoken. */
  readonly fragmentNumbers: readonly string[];
  readonly isStartListed: boolean;
  /** Why more may be listed later; undefined if there is no sign of it. */
  readonly lag: string | undefined;
}

/**
 * The margin around the recording for listing: contact records cut fractions of seconds, and under load a
 * fragment arrives seconds after it was spoken. The fragment numbers then select exactly.
 */
const MARGINS_MS = [5000, 5000, 20_000, 60_000] as const;
/** A list can lag by a second, and listing throttles by the second. */
const PAUSES_MS = [250, 750, 1500] as const;

/**
 * The fragments of a recording. One listing is enough if it has both ends and no gap in time between them.
 * If an end is missing, further listings have wider margins; if there is a gap, a second one shows whether
 * the list is still growing.
 *
 * Throws the error of the last listing.
 */
export async function findFragments(
  recording: KvsRecording,
  { listFragments, wait }: FindFragmentsPorts,
): Promise<FoundFragments> {
  const { streamArn, startMs, stopMs, fragmentStartNumber, fragmentStopNumber } = recording;
  const listed = new Map<string, FragmentListing>();
  /** Whether two listings in a row have the same fragments of the recording. */
  let isSteady = false;
  let listings = 0;

  const isWhole = () => listed.has(fragmentStartNumber) && listed.has(fragmentStopNumber);
  const gap = () => gapIn(recording, listed.values());

  for (const [attempt, marginMs] of MARGINS_MS.entries()) {
    const pauseMs = PAUSES_MS[attempt];
    try {
      const range = { streamArn, startMs: startMs - marginMs, stopMs: stopMs + marginMs };
      const before = listed.size;
      for (const fragment of await listFragments(range))
        if (isWithin(recording, fragment.fragmentNumber)) listed.set(fragment.fragmentNumber, fragment);
      isSteady = listings > 0 && listed.size === before;
      listings += 1;
    } catch (error) {
      if (!(error instanceof RetryableError) || pauseMs === undefined) throw error;
    }
    if (pauseMs === undefined || (isWhole() && (isSteady || gap() === 'none'))) break;
    await wait(pauseMs);
  }

  return {
    fragmentNumbers: fragmentNumbersOf(recording, listed.keys()),
    isStartListed: listed.has(fragmentStartNumber),
    lag: lagOf({ isWhole: isWhole(), isSteady, gap: gap() }),
  };
}

function lagOf({
  isWhole,
  isSteady,
  gap,
}: {
  isWhole: boolean;
  isSteady: boolean;
  gap: ReturnType<typeof gapIn>;
}): string | undefined {
  if (!isWhole) return 'the list of fragments does not reach both ends of the recording';
  if (gap === 'fragments') return 'the list of fragments has a gap that is as long as whole fragments';
  if (gap === 'pause' && !isSteady) return 'two lists of fragments differ';
  return undefined;
}
