import { monitoringOf } from '../config.ts';
import { EventRoute } from '../constructs/event-route.ts';
import { allowStartingJobs, JOB_PREFIX, jobSettings } from '../pipeline/transcription-jobs.ts';
import { QUEUE_WORKERS } from '../queue-workers.ts';
import type { FunctionDeployment } from '../pipeline/stack-parts.ts';
import { retentionVariables } from '../retention-settings.ts';

export const deployment: FunctionDeployment = {
  impact: 'Voicemails whose transcription failed reach agents only after the transcript deadline.',
  timeoutSeconds: 30,

  queue: {
    name: 'transcription-failed-queue',
    deadLettersImpact:
      'The failure of a transcription could not be noted. The voicemail is delivered after the deadline, without a transcript.',
    backlogImpact:
      'Voicemails whose transcription failed wait a quarter of an hour or more. Agents get them late, after the transcript deadline.',
    workers: QUEUE_WORKERS['transcription-failed'],
  },

  environment: ({ config, storage }) => ({
    VMX_METRICS: monitoringOf(config),
    LEDGER_TABLE: storage.ledger.tableName,
    RECORDINGS_BUCKET: storage.recordings.bucketName,
    TRANSCRIPTS_BUCKET: storage.transcripts.bucketName,
    ...jobSettings(config),
    ...retentionVariables(config),
  }),

  triggers(_fn, { scope, queueOf }) {
    const { queue: to, deadLetters } = queueOf('transcription-failed');
    const pattern = {
      source: ['aws.transcribe'],
      detailType: ['Transcribe Job State Change'],
      detail: { TranscriptionJobStatus: ['FAILED'], TranscriptionJobName: [{ prefix: JOB_PREFIX }] },
    };
    new EventRoute(scope, 'on-failed-transcription', { pattern, to, deadLetters });
  },

  grants(fn, { storage }) {
    fn.allow(storage.ledger.tableArn, 'dynamodb:GetItem');
    // One more job in the first language, where the spoken one could not be identified.
    allowStartingJobs(fn, storage);
  },
};
