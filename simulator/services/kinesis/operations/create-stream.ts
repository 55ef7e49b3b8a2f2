import type { JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { countIn, requireText, streamArnIn } from '../input.ts';
import type { KinesisParts } from '../parts.ts';

/** A new account may have so many in a Region, over all streams. Source: Kinesis Data Streams quotas. */
const MOST_SHARDS = 500;

/** A stream of provisioned shards. It is active at once; on AWS that takes some seconds. */
export function createStream(parts: KinesisParts): JsonOperation {
  return {
    name: 'CreateStream',
    needs: (input, request) => [
      { action: 'kinesis:CreateStream', resource: streamArnIn(input, request, parts) },
    ],
    answer(input, request) {
      const name = requireText(input, 'StreamName');
      const arn = streamArnIn(input, request, parts);
      const shards = countIn(input, { name: 'ShardCount', most: MOST_SHARDS, fallback: 1 });
      if (parts.streams().some((stream) => stream.arn === arn)) {
        const message = `Stream ${name} under account ${request.caller.accountId} already exists.`;
        throw new AwsError('ResourceInUseException', 400, message);
      }
      parts.create(arn, shards);
      return undefined;
    },
  };
}
