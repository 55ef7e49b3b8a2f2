import { isJsonObject, type JsonObject, type JsonOperation } from '../../../gateway/protocols.ts';
import { type ApiRequest, AwsError } from '../../../service.ts';
import { countIn, streamArnIn } from '../input.ts';
import type { KinesisParts } from '../parts.ts';
import { sequenceNumber } from '../sequence-number.ts';

const MOST_SHARDS = 10_000;
const USUAL_SHARDS = 1000;

/** The next page: its stream, and the last shard before it. */
interface NextPage {
  readonly streamArn: string;
  readonly after: string;
}

/**
 * ListShards. All shards stay open here, so of the filters only
 * `AFTER_SHARD_ID` makes a difference. Tokens do not expire.
 */
export function listShards(parts: KinesisParts): JsonOperation {
  const pageIn = (input: JsonObject, request: ApiRequest): NextPage => {
    const { NextToken: token, StreamName: name, StreamARN: arn } = input;
    if (token === undefined) {
      return { streamArn: streamArnIn(input, request, parts), after: startIn(input) };
    }
    if (name === undefined && arn === undefined) return parseToken(token);
    throw invalid('NextToken and StreamName cannot be provided together.');
  };

  return {
    name: 'ListShards',
    needs: (input, request) => [{ action: 'kinesis:ListShards', resource: pageIn(input, request).streamArn }],
    answer(input, request) {
      const { streamArn, after } = pageIn(input, request);
      const limit = countIn(input, { name: 'MaxResults', most: MOST_SHARDS, fallback: USUAL_SHARDS });
      const remaining = parts.stream(streamArn).shards.filter(({ shardId }) => shardId > after);
      const page = remaining.slice(0, limit);
      const last = page.at(-1)?.shardId;
      return {
        Shards: page.map(({ shardId, startingHashKey, endingHashKey }) => ({
          ShardId: shardId,
          HashKeyRange: { StartingHashKey: String(startingHashKey), EndingHashKey: String(endingHashKey) },
          SequenceNumberRange: { StartingSequenceNumber: sequenceNumber(0) },
        })),
        ...(last !== undefined &&
          page.length < remaining.length && { NextToken: nextToken({ streamArn, after: last }) }),
      };
    },
  };
}

/** The shard after which the list starts. */
function startIn({ ExclusiveStartShardId: start, ShardFilter: filter }: JsonObject): string {
  if (isJsonObject(filter) && filter['Type'] === 'AFTER_SHARD_ID') {
    const { ShardId: shardId } = filter;
    if (typeof shardId === 'string') return shardId;
    throw invalid('ShardId must be provided for the shard filter type AFTER_SHARD_ID.');
  }
  return typeof start === 'string' ? start : '';
}

function nextToken(page: NextPage): string {
  return Buffer.from(JSON.stringify(page)).toString('base64');
}

function parseToken(token: unknown): NextPage {
  try {
    const page: unknown = JSON.parse(Buffer.from(String(token), 'base64').toString('utf8'));
    if (isJsonObject(page)) {
      const { streamArn, after } = page;
      if (typeof streamArn === 'string' && typeof after === 'string') return { streamArn, after };
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw invalid('The provided NextToken is not valid.');
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidArgumentException', 400, message);
}
