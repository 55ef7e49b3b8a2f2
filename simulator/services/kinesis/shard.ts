import { createHash } from 'node:crypto';
import type { JsonObject } from '../../gateway/protocols.ts';
import { sequenceNumber } from './sequence-number.ts';

/** The lowest and highest hash of a partition key. */
export interface HashKeyRange {
  readonly startingHashKey: bigint;
  readonly endingHashKey: bigint;
}

export interface Shard extends HashKeyRange {
  readonly shardId: string;
  /** The shard that it was split from, or the two that it was merged from. */
  readonly parentShardIds: readonly string[];
  readonly startingSequenceNumber: string;
  readonly openedAtMs: number;
  /** Absent: it is open. */
  closed?: { readonly sequenceNumber: string; readonly atMs: number };
}

const HASH_KEYS = 2n ** 128n;

/** The shards of a new stream. */
export function evenShards(count: number, openedAtMs: number): Shard[] {
  return evenRanges(count).map((range, index) => ({
    ...range,
    shardId: shardIdOf(index),
    parentShardIds: [],
    startingSequenceNumber: sequenceNumber(0),
    openedAtMs,
  }));
}

export function evenRanges(count: number): readonly HashKeyRange[] {
  const startOf = (index: number) => (HASH_KEYS * BigInt(index)) / BigInt(count);
  return Array.from({ length: count }, (_, index) => ({
    startingHashKey: startOf(index),
    endingHashKey: startOf(index + 1) - 1n,
  }));
}

export function shardIdOf(index: number): string {
  return `shardId-${String(index).padStart(12, '0')}`;
}

export function hashOf(partitionKey: string): bigint {
  return BigInt(`0x${createHash('md5').update(partitionKey).digest('hex')}`);
}

export function hashKeyRange({ startingHashKey, endingHashKey }: HashKeyRange): JsonObject {
  return { StartingHashKey: String(startingHashKey), EndingHashKey: String(endingHashKey) };
}

/** As DescribeStream and ListShards answer it. */
export function describedShard(shard: Shard): JsonObject {
  const { shardId, parentShardIds, startingSequenceNumber, closed } = shard;
  const [parent, adjacent] = parentShardIds;
  return {
    ShardId: shardId,
    ...(parent !== undefined && { ParentShardId: parent }),
    ...(adjacent !== undefined && { AdjacentParentShardId: adjacent }),
    HashKeyRange: hashKeyRange(shard),
    SequenceNumberRange: {
      StartingSequenceNumber: startingSequenceNumber,
      ...(closed && { EndingSequenceNumber: closed.sequenceNumber }),
    },
  };
}
