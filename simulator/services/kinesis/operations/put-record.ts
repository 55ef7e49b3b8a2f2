import type { JsonOperation } from '../../../gateway/protocols.ts';
import type { KinesisParts } from '../parts.ts';
import { onStream, parseNewRecord, streamArnIn } from '../input.ts';

export function putRecord(parts: KinesisParts): JsonOperation {
  return {
    name: 'PutRecord',
    needs: onStream('PutRecord', parts),
    answer(input, request) {
      const record = parseNewRecord(input);
      const { shardId, sequenceNumber } = parts.stream(streamArnIn(input, request, parts)).put(record);
      return { ShardId: shardId, SequenceNumber: sequenceNumber };
    },
  };
}
