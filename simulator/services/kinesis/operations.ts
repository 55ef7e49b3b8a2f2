import type { JsonOperation } from '../../gateway/protocols.ts';
import { describeStreamSummary } from './operations/describe-stream-summary.ts';
import { getRecords } from './operations/get-records.ts';
import { getShardIterator } from './operations/get-shard-iterator.ts';
import { listShards } from './operations/list-shards.ts';
import { putRecord } from './operations/put-record.ts';
import { putRecords } from './operations/put-records.ts';
import type { KinesisParts } from './parts.ts';

/** Everything that can be asked of Kinesis Data Streams over the wire. */
export function kinesisOperations(parts: KinesisParts): readonly JsonOperation[] {
  return [
    describeStreamSummary(parts),
    getRecords(parts),
    getShardIterator(parts),
    listShards(parts),
    putRecord(parts),
    putRecords(parts),
  ];
}
