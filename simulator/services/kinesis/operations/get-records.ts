import type { JsonOperation } from '../../../gateway/protocols.ts';
import { countIn, requireText, shardOf } from '../input.ts';
import type { KinesisParts } from '../parts.ts';
import { checkStillValid, parseShardIterator, shardIterator } from '../shard-iterator.ts';
import { hashKeyRange } from '../shard.ts';
import type { Stream, StreamRecord } from '../stream.ts';

const MOST_RECORDS = 10_000;
const MOST_BYTES = 10 * 1_048_576;

/** GetRecords. At the end of a closed shard there is no next iterator, but the shards that go on. */
export function getRecords(parts: KinesisParts): JsonOperation {
  return {
    name: 'GetRecords',
    needs: (input) => [
      {
        action: 'kinesis:GetRecords',
        resource: parseShardIterator(requireText(input, 'ShardIterator')).streamArn,
      },
    ],
    answer(input) {
      const position = parseShardIterator(requireText(input, 'ShardIterator'));
      const limit = countIn(input, { name: 'Limit', most: MOST_RECORDS, fallback: MOST_RECORDS });
      const nowMs = parts.now();
      checkStillValid(position, nowMs);

      const { streamArn, shardId, after } = position;
      const stream = parts.stream(streamArn);
      const records = withinSize(stream.read(shardId, after, limit));
      const read = records.at(-1)?.sequenceNumber ?? after;
      const [unread] = stream.read(shardId, read, 1);
      const isEnd = shardOf(stream, shardId).closed !== undefined && !unread;
      return {
        Records: records.map(({ sequenceNumber, arrivedAtMs, data, partitionKey }) => ({
          SequenceNumber: sequenceNumber,
          ApproximateArrivalTimestamp: arrivedAtMs / 1000,
          Data: data.toString('base64'),
          PartitionKey: partitionKey,
        })),
        ...(isEnd
          ? { ChildShards: childrenOf(stream, shardId) }
          : { NextShardIterator: shardIterator({ streamArn, shardId, after: read, issuedAtMs: nowMs }) }),
        MillisBehindLatest: unread ? Math.max(Math.round(nowMs - unread.arrivedAtMs), 0) : 0,
      };
    },
  };
}

function childrenOf({ shards }: Stream, parent: string) {
  return shards
    .filter(({ parentShardIds }) => parentShardIds.includes(parent))
    .map((shard) => ({
      ShardId: shard.shardId,
      ParentShards: shard.parentShardIds,
      HashKeyRange: hashKeyRange(shard),
    }));
}

function withinSize(records: readonly StreamRecord[]): readonly StreamRecord[] {
  let bytes = 0;
  const end = records.findIndex(({ data }) => (bytes += data.length) > MOST_BYTES);
  return end === -1 ? records : records.slice(0, end);
}
