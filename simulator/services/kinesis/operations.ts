import type { JsonOperation } from '../../gateway/protocols.ts';
import { describeStreamSummary } from './operations/describe-stream-summary.ts';
import { createStream } from './operations/create-stream.ts';
import { describeStream } from './operations/describe-stream.ts';
import { getRecords } from './operations/get-records.ts';
import { getShardIterator } from './operations/get-shard-iterator.ts';
import { listShards } from './operations/list-shards.ts';
import { listStreamConsumers } from './operations/list-stream-consumers.ts';
import { listStreams } from './operations/list-streams.ts';
import { putRecord } from './operations/put-record.ts';
import { putRecords } from './operations/put-records.ts';
import type { KinesisParts } from './parts.ts';

/** Everything that can be asked of Kinesis Data Streams over the wire. */
export function kinesisOperations(parts: KinesisParts): readonly JsonOperation[] {
  return [
    createStream(parts),
    describeStream(parts),
    describeStreamSummary(parts),
    getRecords(parts),
    getShardIterator(parts),
    listShards(parts),
    listStreamConsumers(parts),
    listStreams(parts),
    putRecord(parts),
    putRecords(parts),
  ];
}
