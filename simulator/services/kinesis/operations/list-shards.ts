import { isJsonObject, type JsonObject, type JsonOperation } from '../../../gateway/protocols.ts';
import { type ApiRequest, AwsError } from '../../../service.ts';
import { countIn, invalidArgument, streamArnIn, violated } from '../input.ts';
import type { KinesisParts } from '../parts.ts';
import { describedShard, type Shard } from '../shard.ts';
import type { Stream } from '../stream.ts';

const MOST_SHARDS = 10_000;
const USUAL_SHARDS = 1000;
const TOKEN_LIVES_MS = 300_000;

/** The next page: its stream and filter, and the last shard before it. */
interface NextPage {
  readonly streamArn: string;
  readonly after: string;
  readonly filter?: JsonObject | undefined;
}

/** ListShards: a stream's shards, or those that were open at some time or since then. */
export function listShards(parts: KinesisParts): JsonOperation {
  const pageIn = (input: JsonObject, request: ApiRequest): NextPage => {
    const { NextToken: token, StreamName: name, StreamARN: arn, ShardFilter: filter } = input;
    if (token === undefined) {
      const of = { streamArn: streamArnIn(input, request, parts), after: startIn(input) };
      return isJsonObject(filter) ? { ...of, filter } : of;
    }
    if (name === undefined && arn === undefined) return parseToken(token, parts.now());
    throw invalidArgument('NextToken and StreamName cannot be provided together.');
  };

  return {
    name: 'ListShards',
    needs: (input, request) => [{ action: 'kinesis:ListShards', resource: pageIn(input, request).streamArn }],
    answer(input, request) {
      const page = pageIn(input, request);
      const limit = countIn(input, { name: 'MaxResults', most: MOST_SHARDS, fallback: USUAL_SHARDS });
      const remaining = filtered(parts.stream(page.streamArn), page.filter, parts.now()).filter(
        ({ shardId }) => shardId > page.after,
      );
      const shards = remaining.slice(0, Math.min(limit, USUAL_SHARDS));
      const after = shards.at(-1)?.shardId;
      return {
        Shards: shards.map(describedShard),
        ...(after !== undefined &&
          shards.length < remaining.length && { NextToken: nextToken({ ...page, after }, parts.now()) }),
      };
    },
  };
}

/** The shard after which the list starts. */
function startIn({ ExclusiveStartShardId: start, ShardFilter: filter }: JsonObject): string {
  if (isJsonObject(filter) && filter['Type'] === 'AFTER_SHARD_ID') {
    const { ShardId: shardId } = filter;
    if (typeof shardId === 'string') return shardId;
    throw invalidArgument('ShardId must be provided for the shard filter type AFTER_SHARD_ID.');
  }
  return typeof start === 'string' ? start : '';
}

/** Source: Kinesis Data Streams API reference, ShardFilter. */
function filtered(stream: Stream, filter: JsonObject | undefined, nowMs: number): readonly Shard[] {
  const horizonMs = Math.max(stream.createdAtMs, stream.keptSinceMs());
  const shards = stream.listedShards();
  switch (filter?.['Type']) {
    case undefined:
    case 'AFTER_SHARD_ID':
    case 'FROM_TRIM_HORIZON':
      return shards;
    case 'AT_TRIM_HORIZON':
      return shards.filter(wasOpenAt(horizonMs));
    case 'AT_LATEST':
      return stream.openShards();
    case 'AT_TIMESTAMP':
      return shards.filter(wasOpenAt(timeIn(filter, nowMs)));
    case 'FROM_TIMESTAMP': {
      const fromMs = Math.max(timeIn(filter, nowMs), horizonMs);
      return shards.filter((shard) => endOf(shard) >= fromMs);
    }
    default:
      throw violated(
        filter?.['Type'],
        'shardFilter.type',
        'Member must satisfy enum value set: [AFTER_SHARD_ID, AT_TIMESTAMP, AT_TRIM_HORIZON, FROM_TIMESTAMP, FROM_TRIM_HORIZON, AT_LATEST]',
      );
  }
}

function wasOpenAt(atMs: number): (shard: Shard) => boolean {
  return (shard) => shard.openedAtMs <= atMs && endOf(shard) >= atMs;
}

function endOf({ closed }: Shard): number {
  return closed?.atMs ?? Infinity;
}

function timeIn({ Timestamp: seconds, Type: type }: JsonObject, nowMs: number): number {
  if (typeof seconds !== 'number') {
    throw invalidArgument(`Timestamp must be provided for the shard filter type ${String(type)}.`);
  }
  if (seconds * 1000 > nowMs) throw invalidArgument('Timestamp must not be in the future.');
  return seconds * 1000;
}

function nextToken(page: NextPage, issuedAtMs: number): string {
  return Buffer.from(JSON.stringify({ ...page, issuedAtMs })).toString('base64');
}

function parseToken(token: unknown, nowMs: number): NextPage {
  const page = parsed(Buffer.from(String(token), 'base64').toString('utf8'));
  if (isJsonObject(page)) {
    const { streamArn, after, filter, issuedAtMs } = page;
    if (typeof streamArn === 'string' && typeof after === 'string' && typeof issuedAtMs === 'number') {
      if (nowMs - issuedAtMs <= TOKEN_LIVES_MS) {
        return { streamArn, after, ...(isJsonObject(filter) && { filter }) };
      }
      throw new AwsError('ExpiredNextTokenException', 400, 'The provided NextToken is expired.');
    }
  }
  throw invalidArgument('The provided NextToken is not valid.');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
