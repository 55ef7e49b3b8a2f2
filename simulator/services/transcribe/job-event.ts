import { randomUUID } from 'node:crypto';
import { type EventBridgeEvent, eventTime } from '../eventbridge/event.ts';
import type { JobOutcome, TranscriptionJob } from './job.ts';

/** Source: Amazon Transcribe developer guide, "Using Amazon EventBridge with Amazon Transcribe". */
export function jobEvent(
  { order, accountId }: TranscriptionJob,
  outcome: JobOutcome,
  region: string,
): EventBridgeEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Transcribe Job State Change',
    source: 'aws.transcribe',
    account: accountId,
    time: eventTime(outcome.atMs),
    region,
    resources: [],
    detail: {
      TranscriptionJobName: order.name,
      TranscriptionJobStatus: outcome.status,
      ...(outcome.status === 'FAILED' && { FailureReason: outcome.reason }),
    },
  };
}
