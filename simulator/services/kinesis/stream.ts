import type { Clock } from '../../clock.ts';
import { sequenceNumber } from './sequence-number.ts';
import { evenShards, type HashKeyRange, hashOf, type Shard, shardIdOf } from './shard.ts';

export interface StreamRecord {
  readonly shardId: string;
  /** 56 digits, growing through the whole stream; text order is number order. */
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly data: Buffer;
  readonly arrivedAtMs: number;
}

/** A reader with enhanced fan-out. */
export interface StreamConsumer {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
}

export interface Stream {
  readonly arn: string;
  readonly name: string;
  readonly createdAtMs: number;
  /** All that there ever were: see `listedShards`. In the order in which they were made. */
  readonly shards: readonly Shard[];
  /** Without those that were closed longer ago than the stream keeps records. */
  readonly listedShards: () => readonly Shard[];
  readonly openShards: () => readonly Shard[];
  retentionHours: number;
  /** Records and shards that ended before this have expired. Epoch milliseconds. */
  readonly keptSinceMs: () => number;
  /** The KMS key that records are encrypted with, as it was named. Absent: they are not encrypted. */
  readonly keyId?: string;
  readonly consumers: Map<string, StreamConsumer>;
  readonly tags: Map<string, string>;
  /** `explicitHashKey` overrides the hash of the partition key. */
  readonly put: (record: NewRecord) => StreamRecord;
  /** Records after the given one that have not expired, oldest first. Undefined: from the oldest. */
  readonly read: (shardId: string, afterSequenceNumber: string | undefined, limit: number) => StreamRecord[];
  /** Closes open shards, and opens others for their hash keys. */
  readonly reshard: (parents: readonly Shard[], ranges: readonly HashKeyRange[]) => readonly Shard[];
  /** The highest number so far; also defined while the stream is empty. */
  readonly latest: () => string;
  /**
   * Calls the listener in a later turn after records were put or shards opened; one call can stand for
   * several. Returns a function that stops it.
   */
  readonly onRecord: (listener: () => void) => () => void;
}

export interface NewRecord {
  readonly data: Buffer;
  readonly partitionKey: string;
  readonly explicitHashKey?: bigint;
}

const HOUR_MS = 3_600_000;

/** What a stream is made with. */
export interface StreamSettings extends Pick<Stream, 'retentionHours' | 'keyId'> {
  readonly arn: string;
  readonly name: string;
  readonly shardCount: number;
  /** Names. */
  readonly consumers: readonly string[];
}

/** One stream's records, which expire after `retentionHours`. `onPut` is called for each. */
export function createStream(
  { shardCount, consumers, ...settings }: StreamSettings,
  { clock, onPut }: { clock: Clock; onPut: () => void },
): Stream {
  const createdAtMs = clock.now();
  const shards = evenShards(shardCount, createdAtMs);
  const records = new Map<string, StreamRecord[]>();
  const tell = createTeller(clock);
  let count = 0;

  function kept(shardId: string): StreamRecord[] {
    const inShard = records.get(shardId) ?? [];
    records.set(shardId, inShard);
    const oldestMs = stream.keptSinceMs();
    const first = inShard.findIndex(({ arrivedAtMs }) => arrivedAtMs >= oldestMs);
    if (first !== 0) inShard.splice(0, first === -1 ? inShard.length : first);
    return inShard;
  }

  const nextNumber = () => sequenceNumber((count += 1));

  const stream: Stream = {
    ...settings,
    shards,
    createdAtMs,
    consumers: new Map(),
    tags: new Map(),
    keptSinceMs: () => clock.now() - stream.retentionHours * HOUR_MS,
    listedShards: () => shards.filter(({ closed }) => !closed || closed.atMs >= stream.keptSinceMs()),
    openShards: () => shards.filter(({ closed }) => !closed),
    latest: () => sequenceNumber(count),
    put({ data, partitionKey, explicitHashKey: hash = hashOf(partitionKey) }) {
      const shard = stream
        .openShards()
        .find((one) => one.startingHashKey <= hash && hash <= one.endingHashKey);
      const shardId = shard?.shardId ?? '';
      const arrivedAtMs = Math.floor(clock.now());
      const record = { shardId, sequenceNumber: nextNumber(), partitionKey, data, arrivedAtMs };
      kept(shardId).push(record);
      tell.all();
      onPut();
      return record;
    },
    read(shardId, after, limit) {
      const inShard = kept(shardId);
      const start = after === undefined ? 0 : firstAfter(inShard, after);
      return inShard.slice(start, start + limit);
    },
    reshard(parents, ranges) {
      const atMs = clock.now();
      const ending = nextNumber();
      for (const parent of parents) parent.closed = { sequenceNumber: ending, atMs };
      const parentShardIds = parents.map(({ shardId }) => shardId);
      const startingSequenceNumber = nextNumber();
      const children = ranges.map((range, index) => ({
        ...range,
        shardId: shardIdOf(shards.length + index),
        parentShardIds,
        startingSequenceNumber,
        openedAtMs: atMs,
      }));
      shards.push(...children);
      tell.all();
      return children;
    },
    onRecord: (listener) => tell.listen(listener),
  };
  for (const name of consumers) addConsumer(stream, name, createdAtMs);
  return stream;
}

export function addConsumer({ arn, consumers }: Stream, name: string, createdAtMs: number): StreamConsumer {
  const consumer = { name, arn: `${arn}/consumer/${name}:${Math.floor(createdAtMs / 1000)}`, createdAtMs };
  consumers.set(name, consumer);
  return consumer;
}

/** Listeners that are called together, in a later turn. */
function createTeller(clock: Clock) {
  const listeners = new Set<() => void>();
  let isTelling = false;
  return {
    all() {
      if (isTelling || listeners.size === 0) return;
      isTelling = true;
      clock.after(0, () => {
        isTelling = false;
        for (const listener of listeners) listener();
      });
    },
    listen(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
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
