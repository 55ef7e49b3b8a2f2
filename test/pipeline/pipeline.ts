import type { SQSRecord } from 'aws-lambda';
import { PermanentError, RetryableError } from '../../src/domain/errors.ts';
import { readContactRecord } from '../../src/domain/contact-record.ts';
import {
  deliveryPushIn,
  taskEndedIn,
  mailEventIn,
  parseJobFailed,
  parseObjectCreated,
} from '../../src/domain/queue-messages.ts';
import { followUpNewsIn } from '../../src/domain/task-follow-up.ts';
import { parseVoicemail } from '../../src/domain/voicemail.ts';
import { contactRecordsHandler } from '../../src/handlers/contact-records.ts';
import { queueMessagesHandler } from '../../src/handlers/queue-messages.ts';
import { sweepHandler } from '../../src/handlers/sweep.ts';
import { deliverVoicemail } from '../../src/steps/deliver-voicemail.ts';
import { noteFailedTranscription } from '../../src/steps/note-failed-transcription.ts';
import { noteFollowUp } from '../../src/steps/note-follow-up.ts';
import { noteMailEvent } from '../../src/steps/note-mail-event.ts';
import { noteTaskEnd } from '../../src/steps/note-task-end.ts';
import { receiveVoicemail } from '../../src/steps/receive-voicemail.ts';
import { saveRecording } from '../../src/steps/save-recording.ts';
import { startTranscription } from '../../src/steps/start-transcription.ts';
import { sweep } from '../../src/steps/sweep.ts';
import { INSTANCE_ARN } from '../contact-record.ts';
import { CONTEXT } from '../lambda-context.ts';
import { beginInvocation, type Machines, type PipelineParts } from './begin-invocation.ts';
import { Crash } from './disorder.ts';
import type { InMemoryCloud, QueueMessage, QueueName } from './in-memory.ts';

const VISIBILITY_MS = 360_000;
const MOST_RECEIVES = 40;

/** The wait of five minutes for a mail event is counted on the clocks of two machines. */
export const AS_AWS_SAYS: Machines = { skewsMs: [-20_000, 20_000], timeoutMs: 60_000 };
/** Clocks with larger errors and slower functions, which tasks tolerate. */
export const WORSE: Machines = { skewsMs: [-300_000, -20_000, 20_000, 300_000], timeoutMs: Infinity };

/**
 * The real handlers and steps, over a cloud in memory. The functions resolve when their invocation has
 * ended.
 */
export function pipelineOver(parts: PipelineParts) {
  const { cloud, now, log, meter } = parts;
  /** Hands out one message, as SQS does: it stays until a step is done with it, or until it was handed out too often. */
  async function hand(message: QueueMessage): Promise<void> {
    if (message.receives >= MOST_RECEIVES) {
      cloud.messages.delete(message);
      cloud.deadLetters.push(message);
      return;
    }
    message.receives += 1;
    message.visibleAtMs = now() + VISIBILITY_MS;
    const { self, guard, ports } = beginInvocation(parts);
    const handler = queueMessagesHandler({
      deal: async (body) => {
        const outcome = await DEALS[message.queue](body, ports, cloud);
        log.info('step done', { outcome: typeof outcome === 'string' ? outcome : undefined });
      },
      postpone: guard(async (_, seconds) => void (message.visibleAtMs = now() + seconds * 1000)),
      park: guard(async () => void cloud.deadLetters.push(message)),
      log,
      meter,
    });
    const { batchItemFailures } = await handler({ Records: [recordOf(message)] }, CONTEXT);
    self.isOver = true;
    if (batchItemFailures.length === 0 && !self.isDead) cloud.messages.delete(message);
  }

  /** Resolves to whether the record is done: Kinesis does not send it again. */
  async function readRecord(payload: string): Promise<boolean> {
    const { self, guard, ports } = beginInvocation(parts);
    const handler = contactRecordsHandler({
      readContactRecord: (json) => readContactRecord(json, { instanceArn: INSTANCE_ARN, language: 'en-US' }),
      receive: (voicemail) => receiveVoicemail(voicemail, ports),
      tellTaskEnd: (end) => ports.sendToDelivery({ push: 'task-ended', ...end }),
      park: guard(async ({ payload: kept }) => void cloud.parkedRecords.push(Buffer.from(kept).toString())),
      log,
      meter,
    });
    const { batchItemFailures } = await handler({ Records: [kinesisRecordOf(payload)] }, CONTEXT);
    return batchItemFailures.length === 0 && !self.isDead;
  }

  async function sweepOnce(): Promise<void> {
    const { ports } = beginInvocation(parts);
    const handler = sweepHandler({ sweep: (onOverdue) => sweep({ ...ports, onOverdue }), log, meter });
    await handler().catch((error: unknown) => {
      // Injected errors, and the error with which the handler sets off its alarm; the next sweep is in a minute.
      const isExpected =
        error instanceof Crash || error instanceof RetryableError || error instanceof PermanentError;
      if (!isExpected && !String(error).endsWith('could not be pushed on')) throw error;
    });
  }

  return { hand, readRecord, sweepOnce };
}

type Deal = (
  message: unknown,
  ports: ReturnType<typeof beginInvocation>['ports'],
  cloud: InMemoryCloud,
) => Promise<unknown>;

/** The step that works on the messages of each queue. */
const DEALS: Readonly<Record<QueueName, Deal>> = {
  recording: (message, ports) => saveRecording(parseVoicemail(message), ports),
  transcription: (message, ports) => startTranscription(parseObjectCreated(message), ports),
  transcriptionFailed: (message, ports) => noteFailedTranscription(parseJobFailed(message), ports),
  delivery: async (message, ports, cloud) => {
    const mailEvent = mailEventIn(message);
    if (mailEvent) {
      await noteMailEvent(mailEvent, ports);
      return cloud.arrivals.hear(mailEvent);
    }
    const news = followUpNewsIn(message);
    if (news) return noteFollowUp(news, ports);
    const end = taskEndedIn(message);
    if (end && (await noteTaskEnd(end, ports)) !== 'comes-back') return 'task-ended';
    const push = end ? ({ push: 'deliver', contactId: end.contactId } as const) : deliveryPushIn(message);
    return deliverVoicemail(push ?? { transcriptKey: parseObjectCreated(message) }, ports);
  },
};

function recordOf({ id, body, receives }: QueueMessage): SQSRecord {
  return {
    messageId: id,
    receiptHandle: id,
    body,
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: '0',
      SenderId: 'test',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:111122223333:test',
    awsRegion: 'us-east-1',
  };
}

function kinesisRecordOf(payload: string) {
  return {
    awsRegion: 'us-east-1',
    eventID: 'shardId-000000000000:1',
    eventName: 'aws:kinesis:record',
    eventSource: 'aws:kinesis',
    eventSourceARN: 'arn:aws:kinesis:us-east-1:111122223333:stream/acme-ctr',
    eventVersion: '1.0',
    invokeIdentityArn: 'arn:aws:iam::111122223333:role/test',
    kinesis: {
      approximateArrivalTimestamp: 0,
      data: Buffer.from(payload).toString('base64'),
      kinesisSchemaVersion: '1.0',
      partitionKey: 'p',
      sequenceNumber: '1',
    },
  };
}
