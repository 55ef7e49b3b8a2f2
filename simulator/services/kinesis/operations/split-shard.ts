import type { JsonOperation } from '../../../gateway/protocols.ts';
import { invalidArgument, onStream, openShardIn, requireText, streamArnIn, violated } from '../input.ts';
import type { KinesisParts } from '../parts.ts';

/** SplitShard: closes a shard, and opens two for its hash keys. The second begins with the given key. */
export function splitShard(parts: KinesisParts): JsonOperation {
  return {
    name: 'SplitShard',
    needs: onStream('SplitShard', parts),
    answer(input, request) {
      const stream = parts.stream(streamArnIn(input, request, parts));
      const shard = openShardIn(input, 'ShardToSplit', stream);
      const given = requireText(input, 'NewStartingHashKey');
      if (!/^(0|[1-9]\d{0,38})$/.test(given)) {
        const constraint = 'Member must satisfy regular expression pattern: 0|([1-9]\\d{0,38})';
        throw violated(given, 'newStartingHashKey', constraint);
      }
      const { shardId, startingHashKey, endingHashKey } = shard;
      const middle = BigInt(given);
      if (middle <= startingHashKey + 1n || middle >= endingHashKey) {
        throw invalidArgument(
          `NewStartingHashKey ${given} used in SplitShard() on shard ${shardId} in stream ${stream.name} under account ${request.caller.accountId} is not both greater than one plus the shard's StartingHashKey ${startingHashKey} and less than the shard's EndingHashKey ${endingHashKey}.`,
        );
      }
      stream.reshard(
        [shard],
        [
          { startingHashKey, endingHashKey: middle - 1n },
          { startingHashKey: middle, endingHashKey },
        ],
      );
      return undefined;
    },
  };
}
