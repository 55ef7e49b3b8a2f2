import { type SavedRecording, toSavedRecording } from '../../src/domain/recording-metadata.ts';
import { PermanentError } from '../../src/domain/errors.ts';
import { objectCreatedPush } from '../../src/domain/queue-messages.ts';
import { readTranscript } from '../../src/domain/transcript.ts';
import { wavHeader } from '../../src/domain/audio/wav.ts';
import type { Task } from '../../src/domain/task.ts';
import type { TaskTarget } from '../../src/steps/start-task.ts';
import type { KeepAudioPorts } from '../../src/steps/keep-audio.ts';
import { fakeLedger } from '../fake-ledger.ts';
import { type Arrivals, arrivalsOver } from './arrivals.ts';
import type { Random, Disorder } from './disorder.ts';
import { inMemorySes } from './in-memory-ses.ts';

export const QUEUES = ['recording', 'transcription', 'transcriptionFailed', 'delivery'] as const;
export type QueueName = (typeof QUEUES)[number];

export interface QueueMessage {
  readonly id: string;
  readonly queue: QueueName;
  readonly body: string;
  visibleAtMs: number;
  receives: number;
}

interface MadeTask {
  readonly id: string;
  readonly contactId: string;
  readonly atMs: number;
  readonly task: Task;
}

/** Source: Amazon Connect API reference, StartTaskContact, `ClientToken`. */
const TOKEN_LIFE_MS = 7 * 86_400_000;

interface CloudParts {
  readonly random: Random;
  readonly disorder: () => Disorder;
  readonly now: () => number;
}

/** AWS for the steps, with the conditions of the real adapters. */
export function inMemoryCloud({ random, disorder, now }: CloudParts) {
  const book = fakeLedger();
  const arrivals = arrivalsOver(book);
  const parkedRecords: string[] = [];
  /** While a fault is true, its operation is refused. */
  const faults = { noTasks: false, noRecordings: false, noMails: false };
  const queues = inMemoryQueues({ random, disorder, now });
  const { messages, deadLetters, send, tell } = queues;
  const ses = inMemorySes({
    random,
    disorder,
    book,
    arrivals,
    faults,
    tell: (event) => tell('delivery', event),
  });
  return {
    faults,
    book,
    arrivals,
    ses,
    messages,
    deadLetters,
    send,
    parkedRecords,
    ...inMemoryRecordings({ faults, tell }),
    ...inMemoryTranscribe(tell),
    ...inMemoryTasks({ faults, arrivals, now }),
  };
}

type Faults = Readonly<Record<'noTasks' | 'noRecordings', boolean>>;
type Tell = (queue: QueueName, event: unknown) => void;

function inMemoryQueues({ random, disorder, now }: CloudParts) {
  const messages = new Set<QueueMessage>();
  const deadLetters: QueueMessage[] = [];
  let count = 0;

  function send(queue: QueueName, body: string, delayMs = 0): void {
    count += 1;
    messages.add({ id: `m${count}`, queue, body, visibleAtMs: now() + delayMs, receives: 0 });
  }

  /** EventBridge: it loses some events, sends some twice, and sends all of them at any time. */
  function tell(queue: QueueName, event: unknown): void {
    const { lostEvents, doubledEvents } = disorder();
    if (random.chance(lostEvents)) return;
    const times = random.chance(doubledEvents) ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      send(queue, JSON.stringify(event), random.chance(0.2) ? random.next() * 600_000 : 0);
    }
  }

  return { messages, deadLetters, send, tell };
}

/** The bucket of recordings, and the bucket into which Amazon Connect uploads. */
function inMemoryRecordings({ faults, tell }: { faults: Faults; tell: Tell }) {
  const recordings = new Map<string, SavedRecording>();
  const ivrAudio = new Map<string, Uint8Array>();

  const keepRecording: KeepAudioPorts['keepRecording'] = async ({ key, pcm, metadataAtEnd }) => {
    let sizeBytes = 44;
    for await (const samples of pcm) sizeBytes += samples.length;
    if (sizeBytes === 44) throw new PermanentError('NO_AUDIO', 'there is no audio to keep');
    if (faults.noRecordings) throw new PermanentError('REFUSED', 's3:PutObject was refused');
    const there = recordings.get(key);
    if (there) return there;
    const kept = toSavedRecording({ sizeBytes, metadata: metadataAtEnd() });
    recordings.set(key, kept);
    tell('transcription', objectCreatedPush(key));
    return kept;
  };

  return {
    recordings,
    keepRecording,
    findRecordingObject: async (key: string) => recordings.get(key),
    upload: (key: string, pcm: Uint8Array) =>
      void ivrAudio.set(key, Buffer.concat([wavHeader(pcm.length), pcm])),
    openIvr: async (key: string) => {
      const wav = ivrAudio.get(key);
      return wav && chunksOf(wav);
    },
  };
}

/** Transcribe, and the bucket of transcripts. */
function inMemoryTranscribe(tell: Tell) {
  const transcripts = new Map<string, string>();
  const jobs = new Map<string, { transcriptKey: string; isOver: boolean }>();

  function writeTranscript(key: string, body: string): void {
    transcripts.set(key, body);
    tell('delivery', objectCreatedPush(key));
  }

  /** Ends the job, with these words or with an error. Replaces an existing transcript. */
  function endJob(jobName: string, words: string | undefined): void {
    const job = jobs.get(jobName);
    if (!job || job.isOver) return;
    job.isOver = true;
    if (words !== undefined) {
      const transcript = { results: { transcripts: [{ transcript: words }] } };
      writeTranscript(job.transcriptKey, JSON.stringify(transcript));
      return;
    }
    const detail = {
      TranscriptionJobName: jobName,
      TranscriptionJobStatus: 'FAILED',
      FailureReason: 'bad',
    };
    tell('transcriptionFailed', { 'detail-type': 'Transcribe Job State Change', detail });
  }

  return {
    jobs,
    hasTranscript: (key: string) => transcripts.has(key),
    putTranscript: writeTranscript,
    findTranscript: async (key: string) => {
      const body = transcripts.get(key);
      return body === undefined ? undefined : readTranscript(body);
    },
    putStandIn: async (key: string, body: string) => {
      if (transcripts.has(key)) return 'there-already';
      writeTranscript(key, body);
      return 'written';
    },
    startJob: async ({ jobName, transcriptKey }: { jobName: string; transcriptKey: string }) => {
      if (!jobs.has(jobName)) jobs.set(jobName, { transcriptKey, isOver: false });
      return { kind: 'started' } as const;
    },
    endJob,
    /** Has no effect on a running job, which ends later. */
    deleteJob: async (jobName: string) => {
      if (jobs.get(jobName)?.isOver) jobs.delete(jobName);
    },
  };
}

function inMemoryTasks({ faults, arrivals, now }: { faults: Faults; arrivals: Arrivals; now: () => number }) {
  const tasks: MadeTask[] = [];
  const asked: string[] = [];
  return {
    tasks,
    /** The contact ids of all requests for a task, in order. */
    asked,
    /** As in Amazon Connect: for seven days, a second task of a contact is the first one. */
    startTask: async (task: Task, { contactId, round }: Pick<TaskTarget, 'contactId' | 'round'>) => {
      const id = `${round > 1 ? `round-${round}-` : ''}task-of-${contactId}`;
      if (faults.noTasks) throw new PermanentError('REFUSED', 'the contact flow is gone');
      asked.push(contactId);
      const isKnown = tasks.some((made) => made.id === id && now() < made.atMs + TOKEN_LIFE_MS);
      if (!isKnown) {
        tasks.push({ id, contactId, task, atMs: now() });
        arrivals.arrive({ contactId, task });
      }
      return id;
    },
  };
}

export type InMemoryCloud = ReturnType<typeof inMemoryCloud>;

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
