import type { JsonOperation } from '../../../gateway/protocols.ts';
import { countIn, requireText } from '../input.ts';
import type { KinesisParts } from '../parts.ts';
import { checkStillValid, parseShardIterator, shardIterator } from '../shard-iterator.ts';
import type { StreamRecord } from '../stream.ts';

const MOST_RECORDS = 10_000;
const MOST_BYTES = 10 * 1_048_576;

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
      return {
        Records: records.map(({ sequenceNumber, arrivedAtMs, data, partitionKey }) => ({
          SequenceNumber: sequenceNumber,
          ApproximateArrivalTimestamp: arrivedAtMs / 1000,
          Data: data.toString('base64'),
          PartitionKey: partitionKey,
        })),
        NextShardIterator: shardIterator({ streamArn, shardId, after: read, issuedAtMs: nowMs }),
        MillisBehindLatest: unread ? Math.max(Math.round(nowMs - unread.arrivedAtMs), 0) : 0,
      };
    },
  };
}

function withinSize(records: readonly StreamRecord[]): readonly StreamRecord[] {
  let bytes = 0;
  const end = records.findIndex(({ data }) => (bytes += data.length) > MOST_BYTES);
  return end === -1 ? records : records.slice(0, end);
}
