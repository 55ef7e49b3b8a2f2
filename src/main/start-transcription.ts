import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { TranscribeClient } from '@aws-sdk/client-transcribe';
import * as z from 'zod/mini';
import { ledger } from '../adapters/ledger.ts';
import { s3Recordings } from '../adapters/s3-recordings.ts';
import { s3Transcripts } from '../adapters/s3-transcripts.ts';
import { sqsSetbacks } from '../adapters/sqs-messages.ts';
import { timeLimits } from '../adapters/time-limits.ts';
import { transcribeStart } from '../adapters/transcribe-jobs.ts';
import { allSettings, DAY_MS, MINUTE_MS, settings } from '../config.ts';
import { queueMessagesHandler } from '../handlers/queue-messages.ts';
import { transcriptionQueueMessages } from '../handlers/transcription-messages.ts';
import { createLog } from '../log.ts';
import { createMeter } from '../metrics.ts';
import { startTranscription } from '../steps/start-transcription.ts';

const env = settings(
  z.pick(allSettings, {
    VMX_VERSION: true,
    VMX_LOG_LEVEL: true,
    VMX_METRICS: true,
    LEDGER_TABLE: true,
    RETENTION_DAYS: true,
    RECORDINGS_BUCKET: true,
    TRANSCRIPTS_BUCKET: true,
    TRANSCRIPTS_KEY_ARN: true,
    QUEUE_URL: true,
    DEAD_LETTER_QUEUE_URL: true,
    SPOKEN_LANGUAGES: true,
    FIRST_LANGUAGE: true,
    TRANSCRIPT_DEADLINE_MINUTES: true,
    DELIVER_BLANK: true,
  }),
  process.env,
);
const now = Date.now;
const s3 = new S3Client(timeLimits('s3'));
const log = createLog(env.VMX_VERSION, env.VMX_LOG_LEVEL);
const meter = createMeter(env.VMX_METRICS);
const ports = {
  ...ledger(new DynamoDBClient(timeLimits('dynamodb')), {
    tableName: env.LEDGER_TABLE,
    retentionMs: env.RETENTION_DAYS * DAY_MS,
    now,
  }),
  ...s3Recordings(s3, env.RECORDINGS_BUCKET),
  ...s3Transcripts(s3, env.TRANSCRIPTS_BUCKET),
  startJob: transcribeStart(new TranscribeClient(timeLimits('transcribe')), {
    recordingsBucket: env.RECORDINGS_BUCKET,
    transcriptsBucket: env.TRANSCRIPTS_BUCKET,
    transcriptsKeyArn: env.TRANSCRIPTS_KEY_ARN,
  }),
  setback: log.warn,
  languages: { spoken: env.SPOKEN_LANGUAGES?.split(',') ?? [], first: env.FIRST_LANGUAGE },
  transcriptDeadlineMs: env.TRANSCRIPT_DEADLINE_MINUTES * MINUTE_MS,
  deliverBlank: env.DELIVER_BLANK,
  now,
};

export const handler = queueMessagesHandler({
  deal: transcriptionQueueMessages((recordingKey) => startTranscription(recordingKey, ports), { log, meter }),
  ...sqsSetbacks(new SQSClient(timeLimits('sqs')), {
    queueUrl: env.QUEUE_URL,
    deadLetterQueueUrl: env.DEAD_LETTER_QUEUE_URL,
  }),
  log,
  meter,
});
