import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { ledger } from '../adapters/ledger.ts';
import { s3Transcripts } from '../adapters/s3-transcripts.ts';
import { sqsSender } from '../adapters/sqs-messages.ts';
import { timeLimits } from '../adapters/time-limits.ts';
import { allSettings, DAY_MS, MINUTE_MS, settings } from '../config.ts';
import { isInIvrRecording } from '../domain/audio-source.ts';
import { objectCreatedPush } from '../domain/queue-messages.ts';
import { sweepHandler } from '../handlers/sweep.ts';
import { createLog } from '../log.ts';
import { createMeter } from '../metrics.ts';
import { sweep } from '../steps/sweep.ts';

const env = settings(
  z.pick(allSettings, {
    VMX_VERSION: true,
    VMX_LOG_LEVEL: true,
    VMX_METRICS: true,
    AUDIO_SOURCE: true,
    LEDGER_TABLE: true,
    RETENTION_DAYS: true,
    TRANSCRIPTS_BUCKET: true,
    RECORDING_QUEUE_URL: true,
    TRANSCRIPTION_QUEUE_URL: true,
    DELIVERY_QUEUE_URL: true,
    TRANSCRIPT_DEADLINE_MINUTES: true,
  }),
  process.env,
);
const now = Date.now;
const sqs = new SQSClient(timeLimits('sqs'));
const sendToTranscription = sqsSender(sqs, env.TRANSCRIPTION_QUEUE_URL);
const ports = {
  ...ledger(new DynamoDBClient(timeLimits('dynamodb')), {
    tableName: env.LEDGER_TABLE,
    retentionMs: env.RETENTION_DAYS * DAY_MS,
    now,
  }),
  ...s3Transcripts(new S3Client(timeLimits('s3')), env.TRANSCRIPTS_BUCKET),
  sendToRecording: sqsSender(sqs, env.RECORDING_QUEUE_URL),
  sendToDelivery: sqsSender(sqs, env.DELIVERY_QUEUE_URL),
  sendToTranscription: (recordingKey: string) => sendToTranscription(objectCreatedPush(recordingKey)),
  awaitsIvrRecording: isInIvrRecording(env.AUDIO_SOURCE),
  transcriptDeadlineMs: env.TRANSCRIPT_DEADLINE_MINUTES * MINUTE_MS,
  now,
};

export const handler = sweepHandler({
  sweep: (onOverdue) => sweep({ ...ports, onOverdue }),
  log: createLog(env.VMX_VERSION, env.VMX_LOG_LEVEL),
  meter: createMeter(env.VMX_METRICS),
});
