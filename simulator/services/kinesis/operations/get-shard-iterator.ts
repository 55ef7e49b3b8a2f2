import type { JsonObject, JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import type { KinesisParts } from '../parts.ts';
import { onStream, requireText, shardOf, streamArnIn, violated } from '../input.ts';
import { isSequenceNumber, sequenceNumberBefore } from '../sequence-number.ts';
import { shardIterator } from '../shard-iterator.ts';
import type { Stream } from '../stream.ts';

const TYPES = ['AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER', 'TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'];

export function getShardIterator(parts: KinesisParts): JsonOperation {
  return {
    name: 'GetShardIterator',
    needs: onStream('GetShardIterator', parts),
    answer(input, request) {
      const shardId = requireText(input, 'ShardId');
      const stream = parts.stream(streamArnIn(input, request, parts));
      shardOf(stream, shardId);
      const after = startOf(input, { stream, shardId, nowMs: parts.now() });
      const position = { streamArn: stream.arn, shardId, after, issuedAtMs: parts.now() };
      return { ShardIterator: shardIterator(position) };
    },
  };
}

/** The number after which reading starts; undefined: from the oldest record. */
function startOf(
  input: JsonObject,
  { stream, shardId, nowMs }: { stream: Stream; shardId: string; nowMs: number },
): string | undefined {
  const type = requireText(input, 'ShardIteratorType');
  switch (type) {
    case 'TRIM_HORIZON':
      return undefined;
    case 'LATEST':
      return stream.latest();
    case 'AFTER_SEQUENCE_NUMBER':
      return startingNumber(input, shardId);
    case 'AT_SEQUENCE_NUMBER':
      return sequenceNumberBefore(startingNumber(input, shardId));
    case 'AT_TIMESTAMP': {
      const atMs = startingTimeMs(input, nowMs);
      const records = stream.read(shardId, undefined, Number.POSITIVE_INFINITY);
      const first = records.find(({ arrivedAtMs }) => arrivedAtMs >= atMs);
      return first ? sequenceNumberBefore(first.sequenceNumber) : stream.latest();
    }
    default:
      throw violated(type, 'shardIteratorType', `Member must satisfy enum value set: [${TYPES.join(', ')}]`);
  }
}

function startingNumber({ StartingSequenceNumber: given }: JsonObject, shardId: string): string {
  if (typeof given === 'string' && isSequenceNumber(given)) return given;
  throw invalid(
    `StartingSequenceNumber ${JSON.stringify(given)} used in GetShardIterator on shard ${shardId} is invalid.`,
  );
}

function startingTimeMs({ Timestamp: seconds }: JsonObject, nowMs: number): number {
  if (typeof seconds !== 'number')
    throw invalid('Must specify timestampInMillis parameter for AT_TIMESTAMP.');
  const atMs = seconds * 1000;
  if (atMs <= nowMs) return atMs;
  throw invalid(
    'The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. ' +
      `timestampInMillis: ${atMs}, currentTimestampInMillis: ${nowMs}`,
  );
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidArgumentException', 400, message);
}
