import type { KeptRecording } from '../../src/domain/recording-metadata.ts';
import { PermanentError } from '../../src/domain/errors.ts';
import { objectCreatedPush } from '../../src/domain/messages.ts';
import { readTranscript } from '../../src/domain/transcript.ts';
import { wavHeader } from '../../src/domain/audio/wav.ts';
import type { Task } from '../../src/domain/task.ts';
import type { KeepMessagePorts } from '../../src/steps/keep-message.ts';
import { fakeLedger } from '../fake-ledger.ts';
import { arrivalsOver } from './arrivals.ts';
import type { Random, Disorder } from './disorder.ts';
import { inMemorySes } from './in-memory-ses.ts';

export const QUEUES = ['recording', 'transcription', 'transcriptionFailed', 'delivery'] as const;
export type QueueName = (typeof QUEUES)[number];

export interface Message {
  readonly id: string;
  readonly queue: QueueName;
  readonly body: string;
  visibleAtMs: number;
  receives: number;
}

interface MadeTask {
  readonly contactId: string;
  readonly atMs: number;
  readonly task: Task;
}

/** Source: Amazon Connect API reference, StartTaskContact, `ClientToken`. */
const TOKEN_LIFE_MS = 7 * 86_400_000;

/** What lies in AWS, as far as the steps can tell: the conditions are those of the real adapters. */
export function inMemoryCloud({
  random,
  disorder,
  now,
}: {
  readonly random: Random;
  readonly disorder: () => Disorder;
  readonly now: () => number;
}) {
  const book = fakeLedger();
  const recordings = new Map<string, KeptRecording>();
  const transcripts = new Map<string, string>();
  const jobs = new Map<string, { transcriptKey: string; isOver: boolean }>();
  const ivrAudio = new Map<string, Uint8Array>();
  const messages = new Set<Message>();
  const deadLetters: Message[] = [];
  const tasks: MadeTask[] = [];
  const asked: string[] = [];
  const parkedRecords: string[] = [];
  /** What is refused for as long as it is set. */
  const faults = { noTasks: false, noRecordings: false, noMails: false };
  const arrivals = arrivalsOver(book);
  let count = 0;

  function send(queue: QueueName, body: string, delayMs = 0): void {
    count += 1;
    messages.add({ id: `m${count}`, queue, body, visibleAtMs: now() + delayMs, receives: 0 });
  }

  /** EventBridge: some events never come, some come twice, all come when they like. */
  function tell(queue: QueueName, event: unknown): void {
    const { lostEvents, doubledEvents } = disorder();
    if (random.chance(lostEvents)) return;
    const times = random.chance(doubledEvents) ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      send(queue, JSON.stringify(event), random.chance(0.2) ? random.next() * 600_000 : 0);
    }
  }

  const ses = inMemorySes({
    random,
    disorder,
    book,
    arrivals,
    faults,
    tell: (event) => tell('delivery', event),
  });

  const keepRecording: KeepMessagePorts['keepRecording'] = async (message) => {
    let sizeBytes = 44;
    for await (const samples of message.pcm) sizeBytes += samples.length;
    if (sizeBytes === 44) throw new PermanentError('NO_AUDIO', 'there is no audio to keep');
    if (faults.noRecordings) throw new PermanentError('REFUSED', 's3:PutObject was refused');
    const there = recordings.get(message.key);
    if (there) return there;
    const kept = { sizeBytes, metadata: message.metadataAtEnd() };
    recordings.set(message.key, kept);
    tell('transcription', objectCreatedPush(message.key));
    return kept;
  };

  function writeTranscript(key: string, body: string): void {
    transcripts.set(key, body);
    tell('delivery', objectCreatedPush(key));
  }

  return {
    faults,
    book,
    recordings,
    jobs,
    messages,
    deadLetters,
    tasks,
    /** Whose task was asked for, each time. */
    asked,
    parkedRecords,
    arrivals,
    ses,
    send,
    keepRecording,
    findRecordingObject: async (key: string) => recordings.get(key),
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
    /** Transcribe answers, over whatever is there. */
    endJob: (jobName: string, words: string | undefined) => {
      const job = jobs.get(jobName);
      if (!job || job.isOver) return;
      job.isOver = true;
      if (words !== undefined) {
        writeTranscript(
          job.transcriptKey,
          JSON.stringify({ results: { transcripts: [{ transcript: words }] } }),
        );
        return;
      }
      const detail = {
        TranscriptionJobName: jobName,
        TranscriptionJobStatus: 'FAILED',
        FailureReason: 'bad',
      };
      tell('transcriptionFailed', { 'detail-type': 'Transcribe Job State Change', detail });
    },
    /** A job that runs is left alone, and answers when it is over. */
    deleteJob: async (jobName: string) => {
      if (jobs.get(jobName)?.isOver) jobs.delete(jobName);
    },
    /** As Amazon Connect: for seven days the same contact's task is the same task. */
    startTask: async (task: Task, { contactId }: { contactId: string }) => {
      if (faults.noTasks) throw new PermanentError('REFUSED', 'the contact flow is gone');
      asked.push(contactId);
      const isKnown = tasks.some((made) => made.contactId === contactId && now() < made.atMs + TOKEN_LIFE_MS);
      if (!isKnown) {
        tasks.push({ contactId, task, atMs: now() });
        arrivals.arrive({ contactId, task });
      }
      return `task-of-${contactId}`;
    },
    upload: (key: string, pcm: Uint8Array) =>
      void ivrAudio.set(key, Buffer.concat([wavHeader(pcm.length), pcm])),
    openIvr: async (key: string) => {
      const wav = ivrAudio.get(key);
      return wav && chunksOf(wav);
    },
  };
}

export type InMemoryCloud = ReturnType<typeof inMemoryCloud>;

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
