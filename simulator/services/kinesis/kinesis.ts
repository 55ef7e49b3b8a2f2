import type { Account } from '../../account.ts';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import type { Clock } from '../../clock.ts';
import { type Disorder, IN_ORDER } from '../../faults/disorder.ts';
import { jsonService } from '../../gateway/protocols.ts';
import { AwsError, type Service } from '../../service.ts';
import { checkedRecord, shardOf } from './input.ts';
import type { KinesisParts } from './parts.ts';
import { kinesisOperations } from './operations.ts';
import type { Shard } from './shard.ts';
import { createStream as newStream, type Stream, type StreamRecord } from './stream.ts';

export interface SimulatedKinesis {
  readonly service: Service;
  /** One shard by default. Throws an Error for an ARN that is taken or not valid. */
  readonly createStream: (arn: string, shards?: number, more?: StreamDetails) => void;
  readonly put: (
    streamArn: string,
    data: string | Uint8Array,
    partitionKey: string,
  ) => { shardId: string; sequenceNumber: string };
  readonly shards: (streamArn: string) => readonly string[];
  /** All that there ever were, with what each came from, and whether it is closed. */
  readonly shardFamily: (
    streamArn: string,
  ) => readonly Pick<Shard, 'shardId' | 'parentShardIds' | 'closed'>[];
  /** Records after the given one, oldest first; undefined: from the oldest record. */
  readonly read: (
    streamArn: string,
    shardId: string,
    afterSequenceNumber: string | undefined,
    limit: number,
  ) => readonly StreamRecord[];
  /**
   * Calls the listener in a later turn after records were put or shards opened; one call can stand for
   * several. Returns a function that stops it.
   */
  readonly onRecord: (streamArn: string, listener: () => void) => () => void;
}

interface StreamDetails {
  /** Absent: that of all streams. */
  readonly retentionHours?: number;
  /** The KMS key that it is encrypted with: its ARN, its id, or an alias. Absent: it is not encrypted. */
  readonly keyId?: string;
  /** Who reads it by enhanced fan-out, which does nothing here. */
  readonly consumers?: readonly string[];
}

/**
 * Amazon Kinesis Data Streams: streams whose shards can be split and merged, and whose records expire after
 * `retentionHours` of the clock.
 *
 * A change is complete when it is answered: no stream is ever UPDATING, and no consumer CREATING but in the
 * answer that makes it. Not simulated: reading by enhanced fan-out, on-demand streams, deleting streams over
 * the API, encryption of what is in them, how often a stream may be resharded, and the limits on throughput
 * (1 MB and 1,000 records per second and shard, five reads): tests inject throttling as a fault. The
 * in-process calls throw AwsError ResourceNotFoundException for an unknown stream or shard.
 */
export function createKinesis({
  clock,
  account = LAPTOP_ACCOUNT,
  retentionHours = 24,
  disorder = IN_ORDER,
  onIncoming,
}: {
  clock: Clock;
  account?: Account;
  retentionHours?: number;
  /** Absent: each record is stored once. */
  disorder?: Disorder;
  /** Called with the name of the stream for every record that it accepts. */
  onIncoming?: (streamName: string) => void;
}): SimulatedKinesis {
  const streams = new Map<string, Stream>();

  function stream(arn: string): Stream {
    const found = streams.get(arn);
    if (found) return found;
    const [, , , , accountId, resource = ''] = arn.split(':');
    const message = `Stream ${resource.replace('stream/', '')} under account ${accountId} not found.`;
    throw new AwsError('ResourceNotFoundException', 400, message);
  }

  function create(arn: string, shardCount = 1, { consumers = [], ...more }: StreamDetails = {}): void {
    const name = /^arn:[^:]+:kinesis:[^:]+:\d+:stream\/(.+)$/.exec(arn)?.[1];
    if (name === undefined) throw new Error(`${arn} is not the ARN of a stream`);
    if (streams.has(arn)) throw new Error(`There is already a stream ${arn}`);
    const settings = { arn, name, shardCount, retentionHours, consumers, ...more };
    streams.set(arn, newStream(settings, { clock, onPut: () => onIncoming?.(name) }));
  }

  const parts: KinesisParts = {
    stream,
    streams: () => [...streams.values()],
    create,
    account,
    now: clock.now,
  };
  return {
    createStream: create,
    put(arn, data, partitionKey) {
      const record = checkedRecord({ data: Buffer.from(data), partitionKey });
      const { shardId, sequenceNumber } = stream(arn).put(record);
      const againAfterMs = disorder.repeatedAfterMs(arn);
      if (againAfterMs !== undefined) clock.after(againAfterMs, () => void stream(arn).put(record));
      return { shardId, sequenceNumber };
    },
    shards: (arn) => stream(arn).shards.map(({ shardId }) => shardId),
    shardFamily: (arn) => stream(arn).shards,
    read: (arn, shardId, after, limit) => {
      const found = stream(arn);
      return found.read(shardOf(found, shardId).shardId, after, limit);
    },
    onRecord: (arn, listener) => stream(arn).onRecord(listener),
    service: jsonService({
      name: 'kinesis',
      targetPrefix: 'Kinesis_20131202',
      version: '1.1',
      operations: kinesisOperations(parts),
    }),
  };
}
