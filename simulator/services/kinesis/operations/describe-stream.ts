import type { JsonOperation } from '../../../gateway/protocols.ts';
import { countIn, encryptionOf, onStream, streamArnIn } from '../input.ts';
import type { KinesisParts } from '../parts.ts';
import { describedShard } from '../shard.ts';

const MOST_SHARDS = 10_000;
const USUAL_SHARDS = 100;

/** A stream with its shards, a page of them at a time. */
export function describeStream(parts: KinesisParts): JsonOperation {
  return {
    name: 'DescribeStream',
    needs: onStream('DescribeStream', parts),
    answer(input, request) {
      const stream = parts.stream(streamArnIn(input, request, parts));
      const limit = countIn(input, { name: 'Limit', most: MOST_SHARDS, fallback: USUAL_SHARDS });
      const { ExclusiveStartShardId: after } = input;
      const remaining = stream
        .listedShards()
        .filter(({ shardId }) => typeof after !== 'string' || shardId > after);
      return {
        StreamDescription: {
          StreamName: stream.name,
          StreamARN: stream.arn,
          StreamStatus: 'ACTIVE',
          StreamModeDetails: { StreamMode: 'PROVISIONED' },
          Shards: remaining.slice(0, limit).map(describedShard),
          HasMoreShards: remaining.length > limit,
          RetentionPeriodHours: stream.retentionHours,
          StreamCreationTimestamp: Math.floor(stream.createdAtMs / 1000),
          EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
          ...encryptionOf(stream),
        },
      };
    },
  };
}
