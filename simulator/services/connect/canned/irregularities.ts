import {
  type FragmentShape,
  SHORT_BLOCK_SAMPLES,
  SAMPLES_PER_BLOCK,
} from '../../kinesis-video/connect-fragment.ts';
import type { FragmentFaults } from '../../kinesis-video/faults.ts';

/** How a call's audio differs from what it should be. Fragments are counted from 0. */
export interface Irregularities {
  /** A block of 192 bytes in the middle of this fragment; the times of the blocks go on as if it were whole. */
  readonly shortBlockIn?: number;
  /** The names of tracks are filled up with NULs. */
  readonly namesPadded?: boolean;
  /** The caller's track is the second of two. */
  readonly customerLast?: boolean;
  readonly lastWithoutContact?: boolean;
  /** This fragment has no tags at all, not even its number. */
  readonly withoutTags?: number;
  /** The producer reconnects and sends this fragment again: with the same time and a new number. */
  readonly repeated?: number;
  /** Nothing is sent for a while before this fragment. */
  readonly gap?: { readonly before: number; readonly ms: number };
  /** The first `reads` reads do not find this fragment; Infinity: no read ever does. */
  readonly missing?: { readonly fragment: number; readonly reads: number };
  /** The last fragment lacks its last quarter. */
  readonly tailCut?: boolean;
  /** The connection breaks in the middle of this fragment when it is first read. */
  readonly brokenIn?: number;
  /** A fragment of another contact with these samples follows this fragment. */
  readonly stranger?: { readonly after: number; readonly samples: Int16Array };
  /** How much later fragments are listed than they can be read. */
  readonly listedAfterMs?: number;
  /** How much later these fragments are listed than they can be read; Infinity: never. */
  readonly listedLate?: { readonly fragments: readonly number[]; readonly ms: number };
  /** How many calls for the stream are throttled. */
  readonly refusedCalls?: number;
}

/** The samples of one fragment, and how it is sent. */
interface Piece {
  readonly index: number;
  readonly samples: Int16Array;
  /** From the beginning of the recording. */
  readonly atMs: number;
  readonly shape: FragmentShape;
  readonly faults: FragmentFaults;
  readonly isCut: boolean;
}

/** Cuts the samples into fragments of 1,024 ms, with the irregularities. */
export function* piecesOf(
  samples: Int16Array,
  { samplesPerFragment, fragmentMs }: { samplesPerFragment: number; fragmentMs: number },
  wanted: Irregularities,
): Generator<Piece> {
  let at = 0;
  for (let index = 0; at < samples.length; index++) {
    const isShort = wanted.shortBlockIn === index;
    const missing = isShort ? SAMPLES_PER_BLOCK - SHORT_BLOCK_SAMPLES : 0;
    const end = at + samplesPerFragment - missing;
    const isLast = end >= samples.length;
    const gapMs = wanted.gap && index >= wanted.gap.before ? wanted.gap.ms : 0;
    yield {
      index,
      samples: samples.subarray(at, end),
      atMs: index * fragmentMs + gapMs,
      shape: shapeOf(wanted, index, isLast),
      faults: faultsOf(wanted, index),
      isCut: isLast && wanted.tailCut === true,
    };
    at = end;
  }
}

function shapeOf(wanted: Irregularities, index: number, isLast: boolean): FragmentShape {
  const tags = wanted.withoutTags === index ? 'none' : 'without contact';
  return {
    namesPadded: wanted.namesPadded === true,
    customerLast: wanted.customerLast === true,
    hasShortBlock: wanted.shortBlockIn === index,
    ...((tags === 'none' || (isLast && wanted.lastWithoutContact === true)) && { tags }),
  };
}

function faultsOf(
  { missing, brokenIn, listedAfterMs, listedLate, refusedCalls }: Irregularities,
  index: number,
) {
  return {
    missingReads: missing?.fragment === index ? missing.reads : 0,
    brokenReads: brokenIn === index ? 1 : 0,
    listedAfterMs: listedLate?.fragments.includes(index) ? listedLate.ms : (listedAfterMs ?? 0),
    refusedCalls: index === 0 ? (refusedCalls ?? 0) : 0,
  };
}
