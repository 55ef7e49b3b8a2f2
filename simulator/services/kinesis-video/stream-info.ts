import type { JsonObject } from '../../gateway/protocols.ts';
import type { VideoStream } from './streams.ts';

/** A stream as descriptions and lists have it. */
export function streamInfo({ arn, name, createdAtMs, retentionHours, keyArn }: VideoStream): JsonObject {
  const [, partition, , region, accountId] = arn.split(':');
  return {
    StreamARN: arn,
    StreamName: name,
    CreationTime: createdAtMs / 1000,
    DataRetentionInHours: retentionHours,
    KmsKeyId: keyArn ?? `arn:${partition}:kms:${region}:${accountId}:alias/aws/kinesisvideo`,
    MediaType: 'audio/L16;rate=8000;channels=1;',
    Status: 'ACTIVE',
    Version: 'Kgv6t5fYqPXQ0s4NTJFA',
  };
}
