import type { Fragment } from './kvs-fragments.ts';
import type { KvsRecording } from './recordings.ts';

/**
 * The fragments of a message in the order they were spoken: all listed fragments from the first to the last
 * of the recording, each once.
 *
 * ListFragments returns fragments by time and in no order, with fragments of other calls around them;
 * numbers grow with arrival. The two ends are requested even if the list does not have them yet: the contact
 * record names them.
 */
export function fragmentNumbersOf(recording: KvsRecording, listed: Iterable<string>): readonly string[] {
  const { fragmentStartNumber, fragmentStopNumber } = recording;
  const first = BigInt(fragmentStartNumber);
  const last = BigInt(fragmentStopNumber);
  const byValue = new Map<bigint, string>();
  for (const text of [fragmentStartNumber, fragmentStopNumber, ...listed]) {
    const value = BigInt(text);
    if (value >= first && value <= last) byValue.set(value, text);
  }
  return [...byValue].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
}

/**
 * Decides, fragment by fragment and in their order, whether the voice in it is
 * this contact's. Video streams are used again by later calls, and another
 * caller's message must not end up in this one.
 *
 * The fragment's own ContactId decides. If it is missing, the fragment belongs to the last contact of its
 * streaming session (SegmentUID). If that is unknown too, it belongs to the contact whose record named its
 * number: this one.
 */
export function voiceOf(contactId: string): (fragment: Fragment) => boolean {
  const contactOfSession = new Map<string, string>();
  return ({ contactId: stated, segmentUid }) => {
    if (stated !== undefined) {
      if (segmentUid !== undefined) contactOfSession.set(segmentUid, stated);
      return stated === contactId;
    }
    const inherited = segmentUid === undefined ? undefined : contactOfSession.get(segmentUid);
    return inherited === undefined || inherited === contactId;
  };
}

/**
 * Puts fragments, which can arrive in any order, into the order of the request. An early one waits; one that
 * was not requested, or arrived before, is ignored. `take` and `giveUp` return the fragments that are next.
 */
export interface FragmentQueue {
  readonly take: (fragmentNumber: string, fragment: Fragment) => readonly Fragment[];
  /** This number will not arrive: returns the fragments that waited for it. */
  readonly giveUp: (fragmentNumber: string) => readonly Fragment[];
  /** The numbers that have not arrived and are not given up, in order. */
  readonly missing: () => readonly string[];
}

export function fragmentQueue(fragmentNumbers: readonly string[]): FragmentQueue {
  const awaited = new Set(fragmentNumbers);
  const early = new Map<string, Fragment>();
  let next = 0;

  function goOn(): readonly Fragment[] {
    const released: Fragment[] = [];
    for (; next < fragmentNumbers.length; next++) {
      const fragmentNumber = fragmentNumbers[next] ?? '';
      if (awaited.has(fragmentNumber)) break;
      const fragment = early.get(fragmentNumber);
      if (fragment) released.push(fragment);
      early.delete(fragmentNumber);
    }
    return released;
  }

  return {
    take(fragmentNumber, fragment) {
      if (!awaited.delete(fragmentNumber)) return [];
      // Almost all come in order.
      if (early.size === 0 && fragmentNumber === fragmentNumbers[next]) {
        next += 1;
        return [fragment];
      }
      early.set(fragmentNumber, fragment);
      return goOn();
    },
    giveUp(fragmentNumber) {
      awaited.delete(fragmentNumber);
      return goOn();
    },
    missing: () => [...awaited],
  };
}
