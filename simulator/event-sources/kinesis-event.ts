import type { StreamRecord } from '../services/kinesis/stream.ts';

/** Where a batch comes from. */
export interface BatchSource {
  readonly streamArn: string;
  readonly shardId: string;
  readonly region: string;
  /** The function's role: Lambda reads with its permissions. */
  readonly roleArn: string;
}

/** The event of one batch. Source: Lambda developer guide, "Using Lambda to process records from Amazon Kinesis Data Streams". */
export function kinesisEvent(records: readonly StreamRecord[], source: BatchSource) {
  return {
    Records: records.map((record) => ({
      kinesis: kinesisMember(record),
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `${source.shardId}:${record.sequenceNumber}`,
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: source.roleArn,
      awsRegion: source.region,
      eventSourceARN: source.streamArn,
    })),
  };
}

/** `data` is Base64, the time in seconds. */
function kinesisMember({ partitionKey, sequenceNumber, data, arrivedAtMs }: StreamRecord) {
  return {
    kinesisSchemaVersion: '1.0',
    partitionKey,
    sequenceNumber,
    data: Buffer.from(data).toString('base64'),
    approximateArrivalTimestamp: Math.floor(arrivedAtMs) / 1000,
  };
}
