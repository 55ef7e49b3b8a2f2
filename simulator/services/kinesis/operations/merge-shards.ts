import type { JsonOperation } from '../../../gateway/protocols.ts';
import { invalidArgument, onStream, openShardIn, streamArnIn } from '../input.ts';
import type { KinesisParts } from '../parts.ts';
import { merged } from '../scale.ts';

/** MergeShards: closes two shards whose hash keys adjoin, and opens one for both. */
export function mergeShards(parts: KinesisParts): JsonOperation {
  return {
    name: 'MergeShards',
    needs: onStream('MergeShards', parts),
    answer(input, request) {
      const stream = parts.stream(streamArnIn(input, request, parts));
      const one = openShardIn(input, 'ShardToMerge', stream);
      const other = openShardIn(input, 'AdjacentShardToMerge', stream);
      const adjoin =
        one.endingHashKey + 1n === other.startingHashKey || other.endingHashKey + 1n === one.startingHashKey;
      if (!adjoin) {
        throw invalidArgument(
          `Shards ${one.shardId} and ${other.shardId} in stream ${stream.name} under account ${request.caller.accountId} are not an adjacent pair of shards eligible for merging`,
        );
      }
      merged(stream, one, other);
      return undefined;
    },
  };
}
