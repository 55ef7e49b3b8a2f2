import type { JsonOperation } from '../../../gateway/protocols.ts';
import type { KinesisParts } from '../parts.ts';
import { onStream, streamArnIn } from '../input.ts';

export function describeStreamSummary(parts: KinesisParts): JsonOperation {
  return {
    name: 'DescribeStreamSummary',
    needs: onStream('DescribeStreamSummary', parts),
    answer(input, request) {
      const { arn, name, createdAtMs, shards } = parts.stream(streamArnIn(input, request, parts));
      return {
        StreamDescriptionSummary: {
          StreamName: name,
          StreamARN: arn,
          StreamStatus: 'ACTIVE',
          StreamModeDetails: { StreamMode: 'PROVISIONED' },
          RetentionPeriodHours: parts.retentionHours,
          StreamCreationTimestamp: Math.floor(createdAtMs / 1000),
          EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
          EncryptionType: 'NONE',
          OpenShardCount: shards.length,
          ConsumerCount: 0,
          MaxRecordSizeInKiB: 1024,
        },
      };
    },
  };
}
