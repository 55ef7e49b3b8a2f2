import type { DeliveryMode } from '../../src/domain/delivery-mode.ts';
import { objectCreatedPush } from '../../src/domain/queue-messages.ts';
import type { Log } from '../../src/log.ts';
import type { Meter } from '../../src/metrics.ts';
import { BILLING_ARN, INSTANCE_ARN } from '../contact-record.ts';
import { Crash, type Disorder, type Invocation, type Random, type Turns } from './disorder.ts';
import type { InMemoryCloud, QueueName } from './in-memory.ts';
import { type Guard, mailPorts } from './mail-ports.ts';

export const IVR_BUCKET = 'acme-connect-recordings';
const DAY_MS = 86_400_000;
const RETENTION_MS = 30 * DAY_MS;

/** The limits of the machines on which functions run. */
export interface Machines {
  /** The errors of their clocks. */
  readonly skewsMs: readonly number[];
  /** A function is ended after this time. */
  readonly timeoutMs: number;
}

export interface PipelineParts {
  readonly cloud: InMemoryCloud;
  readonly turns: Pick<Turns, 'visit'>;
  readonly random: Random;
  readonly disorder: () => Disorder;
  readonly machines: Machines;
  readonly now: () => number;
  /** The mode of voicemails that name none. Absent: `guided_task`. */
  readonly defaultMode?: DeliveryMode;
  readonly log: Log;
  readonly meter: Meter;
}

/** Begins an invocation with its own ports: each call of a port waits for its turn, and can fail. */
export function beginInvocation(parts: PipelineParts) {
  const { cloud, random, disorder, machines, now, log } = parts;
  const self: Invocation = { isDead: false, isOver: false, setbacks: 0 };
  const endsAtMs = now() + machines.timeoutMs;
  const skewMs = random.chance(disorder().skewed) ? random.pick(machines.skewsMs) : 0;
  const clock = () => now() + skewMs;
  const guard = guardOf(self, endsAtMs, parts);
  const setback = log.warn;
  const ports = {
    ...mailPorts({ cloud, guard, random, self, instanceArn: INSTANCE_ARN, setback, now: clock }),
    ...ledgerPorts(cloud, guard),
    ...queuePorts(cloud, guard),
    ...storagePorts(cloud, guard),
    ...connectPorts(cloud, guard),
    ...settingsOf(parts),
    wait: async () => {},
    setback,
    now: clock,
  } as const;
  return { self, guard, ports };
}

function guardOf(self: Invocation, endsAtMs: number, { turns, now }: PipelineParts): Guard {
  return (port) =>
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
}

function ledgerPorts({ book: { ports: book } }: InMemoryCloud, guard: Guard) {
  return {
    noteReceived: guard(book.noteReceived),
    findEntry: guard(book.findEntry),
    moveEntry: guard(book.moveEntry),
    leaseDelivery: guard(book.leaseDelivery),
    leaseTranscribed: guard(book.leaseTranscribed),
    releaseDelivery: guard(book.releaseDelivery),
    markCleanedUp: guard(book.markCleanedUp),
    findOverdue: guard(book.findOverdue),
    notePush: guard(book.notePush),
    postpone: guard(book.postpone),
    isKnown: guard(book.isKnown),
    noteTaskEnd: guard(book.noteTaskEnd),
    noteReturn: guard(book.noteReturn),
    noteFollowUps: guard(book.noteFollowUps),
  };
}

function queuePorts({ send }: InMemoryCloud, guard: Guard) {
  const sender = (queue: QueueName) =>
    guard(async (message: unknown) => send(queue, JSON.stringify(message)));
  const sendToTranscription = sender('transcription');
  return {
    sendToRecording: sender('recording'),
    sendToDelivery: sender('delivery'),
    sendToTranscription: (key: string) => sendToTranscription(objectCreatedPush(key)),
  };
}

/** The buckets and Transcribe. */
function storagePorts(cloud: InMemoryCloud, guard: Guard) {
  return {
    keepRecording: guard(cloud.keepRecording),
    findRecordingObject: guard(cloud.findRecordingObject),
    findTranscript: guard(cloud.findTranscript),
    putStandIn: guard(cloud.putStandIn),
    startJob: guard(cloud.startJob),
    deleteJob: guard(cloud.deleteJob),
    ivrRecordings: { bucket: IVR_BUCKET, prefix: '', open: guard(cloud.openIvr) },
    listFragments: guard(async () => []),
    async *readFragments() {},
  };
}

function connectPorts(cloud: InMemoryCloud, guard: Guard) {
  return {
    startTask: guard(cloud.startTask),
    linkFor: guard(async ({ contactId }: { contactId: string }) => `https://link.example/r/${contactId}`),
    findQueue: guard(async () => ({ name: 'Billing' })),
    findAgent: guard(async (userId: string) => ({ userId, name: 'Ana Ruiz' })),
    findAgentNamed: guard(async () => undefined),
    resetFlag: guard(async () => {}),
  };
}

function settingsOf({ meter, defaultMode = 'guided_task' }: PipelineParts) {
  return {
    onDelivered: () => meter.count('VoicemailsDelivered'),
    minimumMs: 100,
    deliverBlank: false,
    languages: { spoken: ['en-US', 'es-US'], first: 'en-US' },
    retentionMs: RETENTION_MS,
    taskLifeMs: RETENTION_MS,
    onTranscriptionRefused: () => meter.count('TranscriptionsRefused'),
    onNoLink() {},
    onNotAttached() {},
    onCustomerUnknown() {},
    onNotNotified() {},
    onAgentsLeftOut() {},
    onEndedUnseen: () => meter.count('TasksEndedUnseen'),
    transcriptDeadlineMs: 1_800_000,
    instanceArn: INSTANCE_ARN,
    fallbackQueueArn: BILLING_ARN,
    defaultMode,
    flowIds: { task: 'task-flow', guided_task: 'guided-task-flow' },
    timeZone: 'America/New_York',
  } as const;
}
