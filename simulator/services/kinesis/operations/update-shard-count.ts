import type { JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { countIn, invalidArgument, onStream, requireText, streamArnIn, violated } from '../input.ts';
import type { KinesisParts } from '../parts.ts';
import { scaleUniformly } from '../scale.ts';

/** Source: Kinesis Data Streams API reference, UpdateShardCount. */
const MOST_SHARDS = 10_000;

/** UpdateShardCount: to at most twice and at least half as many shards, which share out the hash keys evenly. */
export function updateShardCount(parts: KinesisParts): JsonOperation {
  return {
    name: 'UpdateShardCount',
    needs: onStream('UpdateShardCount', parts),
    answer(input, request) {
      const stream = parts.stream(streamArnIn(input, request, parts));
      if (input['TargetShardCount'] === undefined) {
        throw violated(undefined, 'targetShardCount', 'Member must not be null');
      }
      const target = countIn(input, { name: 'TargetShardCount', most: MOST_SHARDS, fallback: 1 });
      const scaling = requireText(input, 'ScalingType');
      if (scaling !== 'UNIFORM_SCALING') {
        throw violated(scaling, 'scalingType', 'Member must satisfy enum value set: [UNIFORM_SCALING]');
      }
      const current = stream.openShards().length;
      if (target > current * 2) throw tooFar(target, current, 'above double');
      if (target < current / 2) throw tooFar(target, current, 'below half');
      if (target === current) throw invalidArgument(`Stream ${stream.name} has ${current} shards already.`);
      scaleUniformly(stream, target);
      return {
        StreamName: stream.name,
        StreamARN: stream.arn,
        CurrentShardCount: current,
        TargetShardCount: target,
      };
    },
  };
}

function tooFar(target: number, current: number, where: string): AwsError {
  const message = `UpdateShardCount cannot scale to ${target} shards, which is ${where} the current open shard count of ${current}.`;
  return new AwsError('InvalidArgumentException', 400, message);
}
