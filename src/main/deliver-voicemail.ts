import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { TranscribeClient } from '@aws-sdk/client-transcribe';
import { connectClient } from '../adapters/connect-client.ts';
import { connectNames } from '../adapters/connect-names.ts';
import { connectTasks } from '../adapters/connect-tasks.ts';
import { ledger } from '../adapters/ledger.ts';
import { recordingLinks } from '../adapters/recording-links.ts';
import { s3Recordings } from '../adapters/s3-recordings.ts';
import { s3Transcripts } from '../adapters/s3-transcripts.ts';
import { sqsSetbacks } from '../adapters/sqs-messages.ts';
import { transcribeDelete } from '../adapters/transcribe-jobs.ts';
import { allSettings, DAY_MS, settings } from '../config.ts';
import { deliveryPushIn, parseObjectCreated } from '../domain/messages.ts';
import { queueMessagesHandler } from '../handlers/queue-messages.ts';
import { createLog } from '../log.ts';
import { createMeter } from '../metrics.ts';
import { type DeliverOutcome, deliverVoicemail } from '../steps/deliver-voicemail.ts';

const env = settings(
  allSettings.pick({
    LEDGER_TABLE: true,
    RETENTION_DAYS: true,
    RECORDINGS_BUCKET: true,
    TRANSCRIPTS_BUCKET: true,
    QUEUE_URL: true,
    DEAD_LETTER_QUEUE_URL: true,
    INSTANCE_ARN: true,
    TASK_FLOW_ID: true,
    GUIDED_TASK_FLOW_ID: true,
    DEFAULT_MODE: true,
    FALLBACK_QUEUE_ARN: true,
    PRESIGN_FUNCTION: true,
    TIME_ZONE: true,
  }),
  process.env,
);
const now = Date.now;
const instanceArn = env.INSTANCE_ARN;
const s3 = new S3Client();
const connect = connectClient();
const log = createLog();
const meter = createMeter();
const onSetback = (what: string, error: unknown) => log.warn(what, { error });
const ports = {
  ...ledger(new DynamoDBClient(), {
    tableName: env.LEDGER_TABLE,
    retentionMs: env.RETENTION_DAYS * DAY_MS,
    now,
  }),
  ...s3Recordings(s3, env.RECORDINGS_BUCKET),
  ...s3Transcripts(s3, env.TRANSCRIPTS_BUCKET),
  ...connectNames(connect, { instanceArn, now, onSetback }),
  ...connectTasks(connect, { instanceArn }),
  linkFor: recordingLinks(new LambdaClient(), env.PRESIGN_FUNCTION),
  deleteJob: transcribeDelete(new TranscribeClient()),
  defaultMode: env.DEFAULT_MODE,
  flowIds: { task: env.TASK_FLOW_ID, guided_task: env.GUIDED_TASK_FLOW_ID },
  fallbackQueueArn: env.FALLBACK_QUEUE_ARN,
  timeZone: env.TIME_ZONE,
  onDelivered: ({ kind, endedAtMs }: DeliverOutcome) => {
    meter.count(kind === 'delivered' ? 'VoicemailsDelivered' : 'VoicemailsUnrecordable');
    meter.timeToDelivery(now() - endedAtMs);
  },
  onSetback,
  instanceArn,
  now,
};

export const handler = queueMessagesHandler({
  deal: async (message) => {
    const push = deliveryPushIn(message);
    const { contactId, kind, deliveredAs } = await deliverVoicemail(
      push ?? { transcriptKey: parseObjectCreated(message) },
      ports,
    );
    log.info('delivery step done', { contactId, outcome: kind, deliveredAs });
  },
  ...sqsSetbacks(new SQSClient(), {
    queueUrl: env.QUEUE_URL,
    deadLetterQueueUrl: env.DEAD_LETTER_QUEUE_URL,
  }),
  log,
  meter,
});
