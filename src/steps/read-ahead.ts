import { joined } from '../domain/caller-audio.ts';
import type { Fragment } from '../domain/kvs-fragments.ts';
import type { ClockPort } from './ports.ts';

/** Sources that are read at once, the one being handed on included. */
const AT_ONCE = 2;
/** What one source may be ahead by: a batch of 250 fragments, as Amazon Connect cuts them. */
const MOST_AHEAD_BYTES = 4 * 1024 * 1024;

/**
 * Hands on fragments source by source, in their order, while the next source is
 * read already. Each source waits once it is 4 MiB of the caller's audio ahead.
 *
 * The error of a source comes in its place, after what came before it. When the
 * taker stops, `stopping` is aborted, and all sources are awaited: they end at
 * their next fragment, or when they look at the signal.
 */
export async function* readAhead(
  sources: Iterable<AsyncIterable<Fragment>>,
  stopping: AbortController,
): AsyncGenerator<Fragment, void, void> {
  const underWay: AsyncGenerator<Fragment, void, void>[] = [];
  const endings: Promise<void>[] = [];
  try {
    for (const source of sources) {
      const { fragments, ending } = ahead(source, stopping.signal);
      endings.push(ending);
      underWay.push(fragments);
      if (underWay.length === AT_ONCE) yield* underWay.shift() ?? [];
    }
    for (const fragments of underWay) yield* fragments;
  } finally {
    stopping.abort();
    await Promise.all(endings);
  }
}

/** Begins to read at once. */
function ahead(source: AsyncIterable<Fragment>, signal: AbortSignal) {
  const ready: { readonly fragment: Fragment; readonly sizeBytes: number }[] = [];
  let readyBytes = 0;
  let isOver = false;
  let failure: { readonly error: unknown } | undefined;
  let change = Promise.withResolvers<void>();
  const changed = () => {
    change.resolve();
    change = Promise.withResolvers<void>();
  };
  const isFarAhead = () => readyBytes >= MOST_AHEAD_BYTES && !signal.aborted;
  signal.addEventListener('abort', changed);

  async function read(): Promise<void> {
    try {
      for await (const fragment of source) {
        const own = withoutTheRest(fragment);
        ready.push(own);
        readyBytes += own.sizeBytes;
        changed();
        while (isFarAhead()) await change.promise;
        if (signal.aborted) break;
      }
    } catch (error) {
      failure = { error };
    }
    isOver = true;
    changed();
  }

  async function* fragments(): AsyncGenerator<Fragment, void, void> {
    for (;;) {
      const next = ready.shift();
      if (next) {
        readyBytes -= next.sizeBytes;
        changed();
        yield next.fragment;
      } else if (isOver) break;
      else await change.promise;
    }
    if (failure) throw failure.error;
  }

  const ending = read();
  return { fragments: fragments(), ending };
}

/** A copy that does not keep what it was read with, the other track most of all, in memory. */
function withoutTheRest(fragment: Fragment): { fragment: Fragment; sizeBytes: number } {
  const all = joined(fragment.audio);
  let at = 0;
  const audio = fragment.audio.map(({ timeMs, samples }) => {
    const start = at;
    at += samples.length;
    return { timeMs, samples: all.subarray(start, at) };
  });
  return { fragment: { ...fragment, audio }, sizeBytes: all.length };
}

/** In any second. Source: Kinesis Video Streams developer guide, "Quotas", fragment-media quota. */
const FRAGMENTS_PER_SECOND = 500;
/** A tenth more, because neither timers nor networks are exact. */
const SECOND_MS = 1100;

/** Lets requests for fragments of one stream go as fast as the stream may be read, in the order they ask. */
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
