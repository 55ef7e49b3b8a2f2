import { isJsonObject, type JsonObject, type JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import type { KinesisParts } from '../parts.ts';
import { onStream, parseNewRecord, streamArnIn, violated } from '../input.ts';

const MOST_RECORDS = 500;
const MOST_BYTES = 10 * 1_048_576;

/** PutRecords. On AWS single records can fail by throttling; here all are kept or the request is refused. */
export function putRecords(parts: KinesisParts): JsonOperation {
  return {
    name: 'PutRecords',
    needs: onStream('PutRecords', parts),
    answer(input, request) {
      const records = recordsIn(input).map(parseNewRecord);
      const bytes = records.reduce(
        (sum, { data, partitionKey }) => sum + data.length + Buffer.byteLength(partitionKey),
        0,
      );
      if (bytes > MOST_BYTES) {
        throw new AwsError(
          'InvalidArgumentException',
          400,
          `Records size exceeds ${MOST_BYTES / 1_048_576} MB limit`,
        );
      }

      const stream = parts.stream(streamArnIn(input, request, parts));
      const kept = records.map((record) => stream.put(record));
      return {
        FailedRecordCount: 0,
        Records: kept.map(({ shardId, sequenceNumber }) => ({
          ShardId: shardId,
          SequenceNumber: sequenceNumber,
        })),
      };
    },
  };
}

function recordsIn({ Records: records }: JsonObject): readonly JsonObject[] {
  if (!Array.isArray(records)) throw violated(records, 'records', 'Member must not be null');
  if (records.length === 0) {
    throw violated(records, 'records', 'Member must have length greater than or equal to 1');
  }
  if (records.length > MOST_RECORDS) {
    const constraint = `Member must have length less than or equal to ${MOST_RECORDS}`;
    throw violated('[PutRecordsRequestEntry, ...]', 'records', constraint);
  }
  return records.filter(isJsonObject);
}
