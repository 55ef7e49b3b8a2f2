import type { JsonOperation } from '../../../gateway/protocols.ts';
import type { KinesisParts } from '../parts.ts';
import { encryptionOf, onStream, streamArnIn } from '../input.ts';

export function describeStreamSummary(parts: KinesisParts): JsonOperation {
  return {
    name: 'DescribeStreamSummary',
    needs: onStream('DescribeStreamSummary', parts),
    answer(input, request) {
      const stream = parts.stream(streamArnIn(input, request, parts));
      const { arn, name, createdAtMs } = stream;
      return {
        StreamDescriptionSummary: {
          StreamName: name,
          StreamARN: arn,
          StreamStatus: 'ACTIVE',
          StreamModeDetails: { StreamMode: 'PROVISIONED' },
          RetentionPeriodHours: stream.retentionHours,
          StreamCreationTimestamp: Math.floor(createdAtMs / 1000),
          EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
          ...encryptionOf(stream),
          OpenShardCount: stream.openShards().length,
          ConsumerCount: stream.consumers.size,
          MaxRecordSizeInKiB: 1024,
        },
      };
    },
  };
}
