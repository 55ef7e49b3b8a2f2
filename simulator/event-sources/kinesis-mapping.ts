import type { Clock } from '../clock.ts';
import { whileBusy } from '../gateway/while-busy.ts';
import { inBackground } from '../in-background.ts';
import type { SimulatedKinesis } from '../services/kinesis/kinesis.ts';
import { sequenceNumberBefore } from '../services/kinesis/sequence-number.ts';
import type { StreamRecord } from '../services/kinesis/stream.ts';
import type { InvocationResult } from '../services/lambda/invoker.ts';
import type { GivenUpBatch } from './failure-record.ts';
import { compileFilter, type FilterableRecord } from './filter.ts';
import { type BatchRules, type GivenUp, workOffBatch } from './kinesis-batch.ts';
import { kinesisEvent } from './kinesis-event.ts';

export interface KinesisMappingSettings extends BatchRules {
  /** A UUID. */
  readonly mappingId: string;
  readonly functionArn: string;
  readonly roleArn: string;
  readonly streamArn: string;
  readonly region: string;
  readonly batchSize: number;
  /** Each is the JSON of an event pattern. */
  readonly filterPatterns: readonly string[];
  readonly startAt: 'TRIM_HORIZON' | 'LATEST' | { readonly timestampMs: number };
}

export interface KinesisMappingPorts {
  readonly clock: Clock;
  readonly kinesis: SimulatedKinesis;
  readonly invoke: (functionArn: string, payload: string) => Promise<InvocationResult>;
  /** Called with the age of the last record, for every invocation: the metric IteratorAge. */
  readonly tellAge?: (iteratorAgeMs: number) => void;
  /**
   * Called with the number of records that were read, including those that the filter leaves out: the
   * metric PolledEventCount.
   */
  readonly tellPolled?: (records: number) => void;
  /** The on-failure destination; absent: a batch that was given up is lost. */
  readonly keepFailure?: (batch: GivenUpBatch, payload: string) => Promise<void>;
  /**
   * Called with the error if a batch was lost by a bug, or could not be kept. Absent: it is written to
   * the console.
   */
  readonly onBug?: (error: unknown) => void;
}

/** How many records are read at once. */
const READ_AT_ONCE = 1_000;

/**
 * Reads the shards of a stream, each in its own order, one batch after the other, and invokes the
 * function with what passes the filter. A shard that came from others is read when these are read to their
 * end. Returns a function that stops it.
 *
 * Not as on AWS: a new record is seen at once instead of at the next poll, there is
 * no batching window and no parallelization within a shard.
 */
export function startKinesisMapping(
  settings: KinesisMappingSettings,
  ports: KinesisMappingPorts,
): () => void {
  const reader = createKinesisReader(() => ({ settings, ports }));
  reader.start();
  return reader.stop;
}

export interface KinesisWork {
  readonly settings: KinesisMappingSettings;
  readonly ports: KinesisMappingPorts;
}

export interface KinesisReader {
  /** Begins, or goes on after the last batch that was processed. Does nothing while it runs. */
  readonly start: () => void;
  /** What is being processed is processed to its end, and not retried. */
  readonly stop: () => void;
}

/** As `startKinesisMapping`, with what `current` says when a batch begins. The stream stays the same. */
export function createKinesisReader(current: () => KinesisWork): KinesisReader {
  const {
    settings: { streamArn, startAt },
    ports: { kinesis },
  } = current();
  const readers = new Map<string, ShardReader>();
  let stopListening: (() => void) | undefined;
  let isFirst = true;

  function wake(): void {
    for (const { shardId, parentShardIds } of kinesis.shardFamily(streamArn)) {
      const from = isFirst ? startAt : 'TRIM_HORIZON';
      const reader = readers.get(shardId) ?? shardReader({ current, shardId, from, isStopped, wake });
      readers.set(shardId, reader);
      if (parentShardIds.every((parent) => readers.get(parent)?.isAtEnd() ?? true)) reader.read();
    }
    isFirst = false;
  }

  function isStopped(): boolean {
    return stopListening === undefined;
  }

  return {
    start() {
      if (stopListening) return;
      stopListening = kinesis.onRecord(streamArn, wake);
      wake();
    },
    stop() {
      stopListening?.();
      stopListening = undefined;
    },
  };
}

interface ShardReader {
  /** Processes all records of the shard; calling it again while it runs is harmless. */
  readonly read: () => void;
  /** Whether the shard is closed, and all that was in it is processed. */
  readonly isAtEnd: () => boolean;
}

interface ShardReaderParts {
  readonly current: () => KinesisWork;
  readonly shardId: string;
  readonly from: KinesisMappingSettings['startAt'];
  readonly isStopped: () => boolean;
  /** Called at the end of a closed shard. */
  readonly wake: () => void;
}

function shardReader({ current, shardId, from, isStopped, wake }: ShardReaderParts): ShardReader {
  const {
    settings: { streamArn },
    ports: { clock, kinesis, onBug = console.error },
  } = current();
  const eventOf = (records: readonly StreamRecord[], settings: KinesisMappingSettings) =>
    JSON.stringify(kinesisEvent(records, { ...settings, shardId }));
  const cursor = createCursor((after) => kinesis.read(streamArn, shardId, after, READ_AT_ONCE), from);
  let reading = false;

  /** The next records that pass the filter. The others count as read. */
  function nextBatch(): readonly StreamRecord[] {
    const batch: StreamRecord[] = [];
    const { settings, ports } = current();
    const passes = compileFilter(settings.filterPatterns, 'data');
    let polled = 0;
    cursor.skipWhile((record) => {
      if (batch.length === settings.batchSize) return false;
      if (passes(filterable(record))) batch.push(record);
      polled += 1;
      return true;
    });
    if (polled > 0) ports.tellPolled?.(polled);
    return batch;
  }

  async function workOff(): Promise<void> {
    for (
      let batch = isStopped() ? [] : nextBatch();
      batch.length > 0;
      batch = isStopped() ? [] : nextBatch()
    ) {
      const { settings, ports } = current();
      const working = workOffBatch(batch, settings, {
        clock,
        isStopped,
        invoke(records) {
          ports.tellAge?.(clock.now() - (records.at(-1)?.arrivedAtMs ?? 0));
          return ports.invoke(settings.functionArn, eventOf(records, settings));
        },
        giveUp,
      });
      const [left] = (await working.catch(onBug)) ?? [];
      if (left) cursor.goBackTo(left);
    }
    // In the same turn as the read that found nothing: a record that is put from now on wakes this
    // loop.
    reading = false;
    if (isAtEnd()) wake();
  }

  /** If the destination refuses it, it is lost, as on AWS, and the shard goes on. */
  async function giveUp(given: GivenUp): Promise<void> {
    const { settings, ports } = current();
    const batch = { ...settings, ...given, shardId, atMs: clock.now() };
    const payload = eventOf(given.records, settings);
    await whileBusy(clock, () => ports.keepFailure?.(batch, payload)).catch(onBug);
  }

  function isAtEnd(): boolean {
    const shard = kinesis.shardFamily(streamArn).find((one) => one.shardId === shardId);
    return !reading && shard?.closed !== undefined && !cursor.hasMore();
  }

  return {
    isAtEnd,
    read() {
      if (reading || isStopped() || !cursor.hasMore()) return;
      reading = true;
      inBackground(workOff(), onBug);
    },
  };
}

/** A place in a shard. `read` returns some records after one that is there. */
function createCursor(
  read: (after: string | undefined) => readonly StreamRecord[],
  from: KinesisMappingSettings['startAt'],
) {
  let position: string | undefined;

  function skipWhile(test: (record: StreamRecord) => boolean): void {
    for (let records = read(position); records.length > 0; records = read(position)) {
      for (const record of records) {
        if (!test(record)) return;
        position = record.sequenceNumber;
      }
    }
  }

  if (from === 'LATEST') skipWhile(() => true);
  if (typeof from === 'object') skipWhile(({ arrivedAtMs }) => arrivedAtMs < from.timestampMs);
  return {
    skipWhile,
    hasMore: () => read(position).length > 0,
    goBackTo: ({ sequenceNumber }: StreamRecord) => void (position = sequenceNumberBefore(sequenceNumber)),
  };
}

function filterable({ partitionKey, sequenceNumber, data, arrivedAtMs }: StreamRecord): FilterableRecord {
  return {
    metadata: { partitionKey, sequenceNumber, approximateArrivalTimestamp: Math.floor(arrivedAtMs) / 1000 },
    content: Buffer.from(data).toString('utf8'),
  };
}
