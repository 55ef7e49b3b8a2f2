import { evenRanges, type Shard } from './shard.ts';
import type { Stream } from './stream.ts';

/** One open shard in the place of two. */
export function merged(stream: Stream, one: Shard, other: Shard): Shard | undefined {
  const [low, high] = one.startingHashKey < other.startingHashKey ? [one, other] : [other, one];
  const { startingHashKey } = low;
  const { endingHashKey } = high;
  return stream.reshard([one, other], [{ startingHashKey, endingHashKey }])[0];
}

/**
 * Splits and merges open shards until `count` of them share out the hash keys evenly, as UpdateShardCount
 * does: shards that cross a border are split there, and then what lies between two borders is merged.
 */
export function scaleUniformly(stream: Stream, count: number): void {
  const ranges = evenRanges(count);
  for (const { startingHashKey: border } of ranges) {
    const crossing = stream
      .openShards()
      .find((shard) => shard.startingHashKey < border && border <= shard.endingHashKey);
    if (!crossing) continue;
    const { startingHashKey, endingHashKey } = crossing;
    stream.reshard(
      [crossing],
      [
        { startingHashKey, endingHashKey: border - 1n },
        { startingHashKey: border, endingHashKey },
      ],
    );
  }
  for (const range of ranges) {
    const [first, ...rest] = stream
      .openShards()
      .filter(({ startingHashKey: key }) => key >= range.startingHashKey && key <= range.endingHashKey)
      .toSorted((a, b) => (a.startingHashKey < b.startingHashKey ? -1 : 1));
    let whole = first;
    for (const shard of rest) whole = whole && merged(stream, whole, shard);
  }
}
