import { monitoringOf } from '../config.ts';
import { EventRoute, objectsCreated } from '../constructs/event-route.ts';
import { QUEUE_WORKERS } from '../queue-workers.ts';
import type { FunctionDeployment } from '../pipeline/stack-parts.ts';
import { allowStartingJobs, jobSettings } from '../pipeline/transcription-jobs.ts';
import { retentionVariables } from '../retention-settings.ts';

export const deployment: FunctionDeployment = {
  impact:
    'Voicemails whose transcription was not started with their recording reach agents late, after the transcript deadline, and without a transcript.',
  timeoutSeconds: 30,

  queue: {
    name: 'transcription-queue',
    // Longer than save-recording takes, after a recording, to start its job and note it: the event
    // that overtook it would cost three calls more. Only what was not started there waits for it.
    delaySeconds: 5,
    deadLettersImpact:
      'The transcription of a voicemail could not be started. It is delivered after the deadline, without a transcript.',
    backlogImpact:
      'Recordings wait a quarter of an hour or more to be transcribed. Agents get these voicemails late.',
    workers: QUEUE_WORKERS['start-transcription'],
  },

  environment: ({ config, storage }) => ({
    VMX_METRICS: monitoringOf(config),
    LEDGER_TABLE: storage.ledger.tableName,
    RECORDINGS_BUCKET: storage.recordings.bucketName,
    TRANSCRIPTS_BUCKET: storage.transcripts.bucketName,
    TRANSCRIPT_DEADLINE_MINUTES: String(config.transcriptDeadlineMinutes),
    DELIVER_BLANK: String(config.deliverBlank),
    ...jobSettings(config),
    ...retentionVariables(config),
  }),

  triggers(_fn, { scope, storage, queueOf }) {
    const { queue: to, deadLetters } = queueOf('start-transcription');
    const pattern = objectsCreated(storage.recordings, 'recordings/*.wav');
    new EventRoute(scope, 'on-recording', { pattern, to, deadLetters });
  },

  grants(fn, { storage }) {
    fn.allow(storage.ledger.tableArn, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    fn.allow(storage.recordings.bucketArn, 's3:ListBucket');
    allowStartingJobs(fn, storage);
  },
};
