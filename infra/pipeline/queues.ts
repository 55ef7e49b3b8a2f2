import type { Construct } from 'constructs';
import { DeadLetterQueue } from '../constructs/dead-letter-queue.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import {
  BACKLOG_IMPACT,
  behindTitle,
  deadLettersTitle,
  QUEUE_IMPACT,
  RECORD_ALARMS,
  type WorkQueueName,
} from '../impact.ts';
import { TIMEOUTS } from './timeouts.ts';

export interface Queues {
  readonly recording: WorkQueue;
  readonly transcription: WorkQueue;
  readonly transcriptionFailed: WorkQueue;
  readonly delivery: WorkQueue;
  /** Tells of what lies in the failures bucket. */
  readonly parkedRecords: DeadLetterQueue;
}

export function queues(scope: Construct): Queues {
  const workQueue = (name: WorkQueueName, worker: keyof typeof TIMEOUTS) =>
    new WorkQueue(scope, name, {
      workerTimeout: TIMEOUTS[worker],
      title: deadLettersTitle(name),
      impact: QUEUE_IMPACT[name],
      behind: { title: behindTitle(name), impact: BACKLOG_IMPACT[name] },
    });
  return {
    recording: workQueue('recording-queue', 'save-recording'),
    transcription: workQueue('transcription-queue', 'start-transcription'),
    transcriptionFailed: workQueue('transcription-failed-queue', 'transcription-failed'),
    delivery: workQueue('delivery-queue', 'deliver-voicemail'),
    parkedRecords: new DeadLetterQueue(scope, 'parked-records', RECORD_ALARMS.parked),
  };
}
