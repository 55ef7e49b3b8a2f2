import { randomUUID } from 'node:crypto';
import type { StreamRecord } from '../services/kinesis/stream.ts';

/** A batch that Lambda has given up, and what is known about the last attempt. */
export interface GivenUpBatch {
  readonly mappingId: string;
  readonly functionArn: string;
  readonly streamArn: string;
  readonly shardId: string;
  /** At least one. */
  readonly records: readonly StreamRecord[];
  readonly condition: 'RetryAttemptsExhausted' | 'EventAgeExceeded';
  readonly invokeCount: number;
  /** Absent if the function answered and reported failures, or was never invoked. */
  readonly functionError?: string;
  readonly atMs: number;
}

/**
 * The invocation record of a batch that was given up, without its payload. A queue as on-failure
 * destination gets this. Source: Lambda developer guide, "Retain discarded records for a Kinesis event
 * source".
 */
export function failureRecord(batch: GivenUpBatch) {
  const { functionArn, streamArn, shardId, records, condition, invokeCount, functionError, atMs } = batch;
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last) throw new TypeError('a given-up batch holds at least one record');
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn: `${functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: invokeCount,
    },
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      functionError: functionError ?? null,
    },
    version: '1.0',
    timestamp: new Date(atMs).toISOString(),
    KinesisBatchInfo: {
      shardId,
      startSequenceNumber: first.sequenceNumber,
      endSequenceNumber: last.sequenceNumber,
      approximateArrivalOfFirstRecord: new Date(first.arrivedAtMs).toISOString(),
      approximateArrivalOfLastRecord: new Date(last.arrivedAtMs).toISOString(),
      batchSize: records.length,
      streamArn,
    },
  };
}

/** The key of the object, if a bucket is the on-failure destination. Source: as above. */
export function failureObjectKey({ mappingId, shardId, atMs }: GivenUpBatch): string {
  const [date = '', time = ''] = new Date(atMs).toISOString().split('T');
  const seconds = time.slice(0, 'hh:mm:ss'.length).replaceAll(':', '.');
  return `aws/lambda/${mappingId}/${shardId}/${date.replaceAll('-', '/')}/${date}T${seconds}-${randomUUID()}`;
}
