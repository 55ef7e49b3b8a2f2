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
import { addTagsToStream } from './operations/add-tags-to-stream.ts';
import { decreaseStreamRetentionPeriod } from './operations/decrease-stream-retention-period.ts';
import { deregisterStreamConsumer } from './operations/deregister-stream-consumer.ts';
import { describeStreamConsumer } from './operations/describe-stream-consumer.ts';
import { increaseStreamRetentionPeriod } from './operations/increase-stream-retention-period.ts';
import { listTagsForStream } from './operations/list-tags-for-stream.ts';
import { mergeShards } from './operations/merge-shards.ts';
import { registerStreamConsumer } from './operations/register-stream-consumer.ts';
import { removeTagsFromStream } from './operations/remove-tags-from-stream.ts';
import { splitShard } from './operations/split-shard.ts';
import { updateShardCount } from './operations/update-shard-count.ts';
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
    addTagsToStream(parts),
    decreaseStreamRetentionPeriod(parts),
    deregisterStreamConsumer(parts),
    describeStreamConsumer(parts),
    increaseStreamRetentionPeriod(parts),
    listTagsForStream(parts),
    mergeShards(parts),
    registerStreamConsumer(parts),
    removeTagsFromStream(parts),
    splitShard(parts),
    updateShardCount(parts),
  ];
}
