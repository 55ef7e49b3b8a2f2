import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { TranscribeClient } from '@aws-sdk/client-transcribe';
import * as z from 'zod/mini';
import { kvsAudio } from '../adapters/kvs-audio.ts';
import { ledger } from '../adapters/ledger.ts';
import { s3CallAudio } from '../adapters/s3-call-audio.ts';
import { s3Recordings } from '../adapters/s3-recordings.ts';
import { s3Transcripts } from '../adapters/s3-transcripts.ts';
import { sqsSender, sqsSetbacks } from '../adapters/sqs-messages.ts';
import { timeLimits } from '../adapters/time-limits.ts';
import { transcribeStart } from '../adapters/transcribe-jobs.ts';
import { allSettings, DAY_MS, MINUTE_MS, settings } from '../config.ts';
import { isInIvrRecording } from '../domain/audio-source.ts';
import { queueMessagesHandler } from '../handlers/queue-messages.ts';
import { recordingQueueMessages } from '../handlers/save-recording.ts';
import { createLog } from '../log.ts';
import { createMeter } from '../metrics.ts';
import { saveRecording } from '../steps/save-recording.ts';

const env = settings(
  z.pick(allSettings, {
    VMX_VERSION: true,
    VMX_LOG_LEVEL: true,
    VMX_METRICS: true,
    AUDIO_SOURCE: true,
    LEDGER_TABLE: true,
    RETENTION_DAYS: true,
    RECORDINGS_BUCKET: true,
    TRANSCRIPTS_BUCKET: true,
    TRANSCRIPTS_KEY_ARN: true,
    QUEUE_URL: true,
    DEAD_LETTER_QUEUE_URL: true,
    DELIVERY_QUEUE_URL: true,
    MINIMUM_SECONDS: true,
    DELIVER_BLANK: true,
    SPOKEN_LANGUAGES: true,
    FIRST_LANGUAGE: true,
    TRANSCRIPT_DEADLINE_MINUTES: true,
    IVR_RECORDINGS_BUCKET: true,
    IVR_RECORDINGS_PREFIX: true,
    AUDIO_PLACEMENT: true,
  }),
  process.env,
);
const now = Date.now;
const s3 = new S3Client(timeLimits('s3'));
const sqs = new SQSClient(timeLimits('sqs'));
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
  languages: { spoken: env.SPOKEN_LANGUAGES?.split(',') ?? [], first: env.FIRST_LANGUAGE },
  transcriptDeadlineMs: env.TRANSCRIPT_DEADLINE_MINUTES * MINUTE_MS,
  onTranscriptionRefused: () => meter.count('TranscriptionsRefused'),
  ...kvsAudio(),
  ...(env.IVR_RECORDINGS_BUCKET !== undefined && {
    ivrRecordings: s3CallAudio({ bucket: env.IVR_RECORDINGS_BUCKET, prefix: env.IVR_RECORDINGS_PREFIX }),
  }),
  sendToDelivery: sqsSender(sqs, env.DELIVERY_QUEUE_URL),
  wait: (delayMs: number) => wait(delayMs),
  minimumMs: env.MINIMUM_SECONDS * 1000,
  deliverBlank: env.DELIVER_BLANK,
  setback: log.warn,
  awaitsIvrRecording: isInIvrRecording(env.AUDIO_SOURCE),
  audioPlacement: env.AUDIO_PLACEMENT,
  now,
};

export const handler = queueMessagesHandler({
  deal: recordingQueueMessages({ save: (voicemail) => saveRecording(voicemail, ports), log, meter }),
  ...sqsSetbacks(sqs, { queueUrl: env.QUEUE_URL, deadLetterQueueUrl: env.DEAD_LETTER_QUEUE_URL }),
  log,
  meter,
});
