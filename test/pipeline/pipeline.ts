import type { SQSRecord } from 'aws-lambda';
import type { DeliveryMode } from '../../src/domain/delivery-mode.ts';
import { PermanentError, RetryableError } from '../../src/domain/errors.ts';
import { readContactRecord } from '../../src/domain/contact-record.ts';
import {
  deliveryPushIn,
  mailEventIn,
  objectCreatedPush,
  parseJobFailed,
  parseObjectCreated,
} from '../../src/domain/messages.ts';
import { parseVoicemail } from '../../src/domain/voicemail.ts';
import { contactRecordsHandler } from '../../src/handlers/contact-records.ts';
import { queueMessagesHandler } from '../../src/handlers/queue-messages.ts';
import { sweepHandler } from '../../src/handlers/sweep.ts';
import type { Log } from '../../src/log.ts';
import type { Meter } from '../../src/metrics.ts';
import { deliverVoicemail } from '../../src/steps/deliver-voicemail.ts';
import { noteFailedTranscription } from '../../src/steps/note-failed-transcription.ts';
import { noteMailEvent } from '../../src/steps/note-mail-event.ts';
import { receiveVoicemail } from '../../src/steps/receive-voicemail.ts';
import { saveRecording } from '../../src/steps/save-recording.ts';
import { startTranscription } from '../../src/steps/start-transcription.ts';
import { sweep } from '../../src/steps/sweep.ts';
import { BILLING_ARN, INSTANCE_ARN } from '../contact-record.ts';
import { CONTEXT } from '../lambda-context.ts';
import { Crash, type Invocation, type Random, type Disorder, type Turns } from './disorder.ts';
import type { InMemoryCloud, Message, QueueName } from './in-memory.ts';
import { type Guard, mailPorts } from './mail-ports.ts';

export const IVR_BUCKET = 'acme-connect-recordings';
const DAY_MS = 86_400_000;
const RETENTION_MS = 30 * DAY_MS;
const VISIBILITY_MS = 360_000;
const MOST_RECEIVES = 40;

/** What can be relied on where functions run. */
export interface Machines {
  /** How far their clocks are off. */
  readonly skewsMs: readonly number[];
  /** A function is ended after that. */
  readonly timeoutMs: number;
}

/** The five minutes that a mail is waited for are counted on the clocks of two machines. */
export const AS_AWS_SAYS: Machines = { skewsMs: [-20_000, 20_000], timeoutMs: 60_000 };
/** What tasks can bear. */
export const WORSE: Machines = { skewsMs: [-300_000, -20_000, 20_000, 300_000], timeoutMs: Infinity };

export interface PipelineParts {
  readonly cloud: InMemoryCloud;
  readonly turns: Pick<Turns, 'visit'>;
  readonly random: Random;
  readonly disorder: () => Disorder;
  readonly machines: Machines;
  readonly now: () => number;
  /** Of voicemails that do not say. Absent: `guided_task`. */
  readonly defaultMode?: DeliveryMode;
  readonly log: Log;
  readonly meter: Meter;
}

/** The real handlers and steps, over a cloud in memory. Each answers when its invocation is over. */
export function pipelineOver(parts: PipelineParts) {
  const { cloud, turns, random, disorder, machines, now, log, meter, defaultMode = 'guided_task' } = parts;
  /** The ports of one invocation: each call takes its turn, and may go wrong. */
  function invocation() {
    const self: Invocation = { isDead: false, isOver: false, setbacks: 0 };
    const endsAtMs = now() + machines.timeoutMs;
    const skewMs = random.chance(disorder().skewed) ? random.pick(machines.skewsMs) : 0;
    const clock = () => now() + skewMs;
    const guard: Guard =
      (port) =>
      async (...args) => {
        try {
          return await turns.visit(self, () => {
            self.isDead ||= now() > endsAtMs;
            if (self.isDead) throw new Crash();
            return port(...args);
          });
        } catch (error) {
          self.setbacks += 1;
          throw error;
        }
      };
    const { ports: book } = cloud.book;
    const sender = (queue: QueueName) =>
      guard(async (message: unknown) => cloud.send(queue, JSON.stringify(message)));
    const sendToTranscription = sender('transcription');
    const setback = log.warn;
    const ports = {
      ...mailPorts({ cloud, guard, random, self, instanceArn: INSTANCE_ARN, setback, now: clock }),
      noteReceived: guard(book.noteReceived),
      findEntry: guard(book.findEntry),
      moveEntry: guard(book.moveEntry),
      leaseDelivery: guard(book.leaseDelivery),
      releaseDelivery: guard(book.releaseDelivery),
      markCleanedUp: guard(book.markCleanedUp),
      findOverdue: guard(book.findOverdue),
      notePush: guard(book.notePush),
      postpone: guard(book.postpone),
      isKnown: guard(book.isKnown),
      sendToRecording: sender('recording'),
      sendToDelivery: sender('delivery'),
      sendToTranscription: (key: string) => sendToTranscription(objectCreatedPush(key)),
      keepRecording: guard(cloud.keepRecording),
      keepLevels: guard(async () => {}),
      findRecordingObject: guard(cloud.findRecordingObject),
      findTranscript: guard(cloud.findTranscript),
      putStandIn: guard(cloud.putStandIn),
      startJob: guard(cloud.startJob),
      deleteJob: guard(cloud.deleteJob),
      startTask: guard(cloud.startTask),
      linkFor: guard(async ({ contactId }: { contactId: string }) => `https://link.example/r/${contactId}`),
      findQueue: guard(async () => ({ name: 'Billing' })),
      findAgent: guard(async (userId: string) => ({ userId, name: 'Ana Ruiz' })),
      findAgentNamed: guard(async () => undefined),
      resetFlag: guard(async () => {}),
      ivrRecordings: { bucket: IVR_BUCKET, prefix: '', open: guard(cloud.openIvr) },
      listFragments: guard(async () => []),
      async *readFragments() {},
      wait: async () => {},
      setback,
      onDelivered: () => meter.count('VoicemailsDelivered'),
      minimumMs: 100,
      deliverBlank: false,
      languages: { spoken: ['en-US', 'es-US'], first: 'en-US' },
      retentionMs: RETENTION_MS,
      transcriptDeadlineMs: 1_800_000,
      instanceArn: INSTANCE_ARN,
      fallbackQueueArn: BILLING_ARN,
      defaultMode,
      flowIds: { task: 'task-flow', guided_task: 'guided-task-flow' },
      timeZone: 'America/New_York',
      now: clock,
    } as const;
    return { self, guard, ports };
  }

  const deals: Readonly<Record<QueueName, (message: unknown, ports: Ports) => Promise<unknown>>> = {
    recording: (message, ports) => saveRecording(parseVoicemail(message), ports),
    transcription: (message, ports) => startTranscription(parseObjectCreated(message), ports),
    transcriptionFailed: (message, ports) => noteFailedTranscription(parseJobFailed(message), ports),
    delivery: async (message, ports) => {
      const mailEvent = mailEventIn(message);
      if (mailEvent) {
        await noteMailEvent(mailEvent, ports);
        return cloud.arrivals.hear(mailEvent);
      }
      const push = deliveryPushIn(message);
      return deliverVoicemail(push ?? { transcriptKey: parseObjectCreated(message) }, ports);
    },
  };

  /** Hands out one message, as SQS does: it stays until it was dealt with, or was handed out too often. */
  async function hand(message: Message): Promise<void> {
    if (message.receives >= MOST_RECEIVES) {
      cloud.messages.delete(message);
      cloud.deadLetters.push(message);
      return;
    }
    message.receives += 1;
    message.visibleAtMs = now() + VISIBILITY_MS;
    const { self, guard, ports } = invocation();
    const handler = queueMessagesHandler({
      deal: async (body) => {
        const outcome = await deals[message.queue](body, ports);
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

  /** Answers whether the record need not come again. */
  async function readRecord(payload: string): Promise<boolean> {
    const { self, guard, ports } = invocation();
    const handler = contactRecordsHandler({
      readContactRecord: (json) => readContactRecord(json, { instanceArn: INSTANCE_ARN, language: 'en-US' }),
      receive: (voicemail) => receiveVoicemail(voicemail, ports),
      park: guard(async ({ payload: kept }) => void cloud.parkedRecords.push(Buffer.from(kept).toString())),
      log,
      meter,
    });
    const { batchItemFailures } = await handler({ Records: [kinesisRecordOf(payload)] }, CONTEXT);
    return batchItemFailures.length === 0 && !self.isDead;
  }

  async function sweepOnce(): Promise<void> {
    const { ports } = invocation();
    const handler = sweepHandler({ sweep: (onOverdue) => sweep({ ...ports, onOverdue }), log, meter });
    await handler().catch((error: unknown) => {
      // What is injected, and what the handler fails with for its alarm; the next sweep is in a minute.
      const isExpected =
        error instanceof Crash || error instanceof RetryableError || error instanceof PermanentError;
      if (!isExpected && !String(error).endsWith('could not be pushed on')) throw error;
    });
  }

  type Ports = ReturnType<typeof invocation>['ports'];
  return { hand, readRecord, sweepOnce };
}

function recordOf({ id, body, receives }: Message): SQSRecord {
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
