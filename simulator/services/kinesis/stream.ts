import { createHash } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { sequenceNumber } from './sequence-number.ts';

export interface StreamRecord {
  readonly shardId: string;
  /** 56 digits, growing through the whole stream; text order is number order. */
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly data: Buffer;
  readonly arrivedAtMs: number;
}

export interface Shard {
  readonly shardId: string;
  /** The lowest and highest hash of a partition key that goes here. */
  readonly startingHashKey: bigint;
  readonly endingHashKey: bigint;
}

export interface Stream {
  readonly arn: string;
  readonly name: string;
  readonly createdAtMs: number;
  readonly shards: readonly Shard[];
  readonly retentionHours: number;
  /** The KMS key that records are encrypted with, as it was named. Absent: they are not encrypted. */
  readonly keyId?: string;
  /** Names of the readers with enhanced fan-out. */
  readonly consumers: readonly string[];
  /** `explicitHashKey` overrides the hash of the partition key. */
  readonly put: (record: NewRecord) => StreamRecord;
  /** Records after the given one that have not expired, oldest first. Undefined: from the oldest. */
  readonly read: (shardId: string, afterSequenceNumber: string | undefined, limit: number) => StreamRecord[];
  /** The highest number so far; also defined while the stream is empty. */
  readonly latest: () => string;
  /**
   * Calls the listener in a later turn after records were put; one call can stand for several records.
   * Returns a function that stops it.
   */
  readonly onRecord: (listener: () => void) => () => void;
}

export interface NewRecord {
  readonly data: Buffer;
  readonly partitionKey: string;
  readonly explicitHashKey?: bigint;
}

const HASH_KEYS = 2n ** 128n;

const HOUR_MS = 3_600_000;

/** What a stream is made with. */
export interface StreamSettings extends Pick<Stream, 'retentionHours' | 'keyId' | 'consumers'> {
  readonly arn: string;
  readonly name: string;
  readonly shardCount: number;
}

/** One stream's records, which expire after `retentionHours`. */
export function createStream({ shardCount, ...settings }: StreamSettings, clock: Clock): Stream {
  const shards = evenShards(shardCount);
  const records = new Map<string, StreamRecord[]>(shards.map(({ shardId }) => [shardId, []]));
  const listeners = new Set<() => void>();
  let count = 0;
  let isTelling = false;

  function kept(shardId: string): StreamRecord[] {
    const inShard = records.get(shardId) ?? [];
    const oldestMs = clock.now() - settings.retentionHours * HOUR_MS;
    const first = inShard.findIndex(({ arrivedAtMs }) => arrivedAtMs >= oldestMs);
    if (first !== 0) inShard.splice(0, first === -1 ? inShard.length : first);
    return inShard;
  }

  function tell(): void {
    if (isTelling || listeners.size === 0) return;
    isTelling = true;
    clock.after(0, () => {
      isTelling = false;
      for (const listener of listeners) listener();
    });
  }

  return {
    ...settings,
    shards,
    createdAtMs: clock.now(),
    latest: () => sequenceNumber(count),
    put({ data, partitionKey, explicitHashKey = hashOf(partitionKey) }) {
      const shardId = shards.findLast((shard) => shard.startingHashKey <= explicitHashKey)?.shardId ?? '';
      count += 1;
      const record = {
        shardId,
        sequenceNumber: sequenceNumber(count),
        partitionKey,
        data,
        arrivedAtMs: Math.floor(clock.now()),
      };
      kept(shardId).push(record);
      tell();
      return record;
    },
    read(shardId, after, limit) {
      const inShard = kept(shardId);
      const start = after === undefined ? 0 : firstAfter(inShard, after);
      return inShard.slice(start, start + limit);
    },
    onRecord(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function evenShards(count: number): Shard[] {
  const startOf = (index: number) => (HASH_KEYS * BigInt(index)) / BigInt(count);
  return Array.from({ length: count }, (_, index) => ({
    shardId: `shardId-${String(index).padStart(12, '0')}`,
    startingHashKey: startOf(index),
    endingHashKey: startOf(index + 1) - 1n,
  }));
}

function hashOf(partitionKey: string): bigint {
  return BigInt(`0x${createHash('md5').update(partitionKey).digest('hex')}`);
}

/** The index of the first record with a higher number, by binary search. */
function firstAfter(records: readonly StreamRecord[], after: string): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((records[middle]?.sequenceNumber ?? '') > after) high = middle;
    else low = middle + 1;
  }
  return low;
}
