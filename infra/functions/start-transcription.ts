import { EventRoute, objectsCreated } from '../constructs/event-route.ts';
import type { FunctionDeployment } from '../pipeline/stack-parts.ts';

export const deployment: FunctionDeployment = {
  impact:
    'New voicemails are not transcribed. They reach agents late, after the transcript deadline, and without a transcript.',
  timeoutSeconds: 30,

  queue: {
    name: 'transcription-queue',
    deadLettersImpact:
      'The transcription of a voicemail could not be started. It is delivered after the deadline, without a transcript.',
    backlogImpact:
      'Recordings wait a quarter of an hour or more to be transcribed. Agents get these voicemails late.',
    // 3 calls, 0.2 s: 5 / 0.2 s = 25 a second, which is how many jobs Transcribe lets an
    // account start. 250 may run, at 15 s each 16 a second; Transcribe refuses the rest,
    // which comes again.
    maxConcurrency: 5,
  },

  environment: ({ config, storage }) => ({
    LEDGER_TABLE: storage.ledger.tableName,
    RECORDINGS_BUCKET: storage.recordings.bucketName,
    TRANSCRIPTS_BUCKET: storage.transcripts.bucketName,
    TRANSCRIPT_DEADLINE_MINUTES: String(config.transcriptDeadlineMinutes),
    DELIVER_BLANK: String(config.deliverBlank),
    RETENTION_DAYS: String(config.retentionDays),
  }),

  triggers(_fn, { scope, storage, queueOf }) {
    const { queue: to, deadLetters } = queueOf('start-transcription');
    const pattern = objectsCreated(storage.recordings, 'recordings/*.wav');
    new EventRoute(scope, 'on-recording', { pattern, to, deadLetters });
  },

  grants(fn, { storage }) {
    fn.allow(storage.ledger.tableArn, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    // Transcribe reads the recording and writes the transcript with the rights of whoever started the job.
    fn.allow(storage.recordings.arnForObjects('recordings/*'), 's3:GetObject');
    fn.allow(storage.recordings.bucketArn, 's3:ListBucket');
    fn.allow(storage.transcripts.arnForObjects('transcripts/*'), 's3:PutObject');
    // IAM knows no resource for starting a job; what it may be told is where the output goes.
    fn.allowIf(
      { 'transcribe:OutputBucketName': storage.transcripts.bucketName },
      'transcribe:StartTranscriptionJob',
    );
  },
};
