import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { ledger } from '../adapters/ledger.ts';
import { s3Failures } from '../adapters/s3-failures.ts';
import { sqsSender } from '../adapters/sqs-messages.ts';
import { timeLimits } from '../adapters/time-limits.ts';
import { allSettings, DAY_MS, settings } from '../config.ts';
import { isInIvrRecording } from '../domain/audio-source.ts';
import { readContactRecord } from '../domain/contact-record.ts';
import { contactRecordsHandler } from '../handlers/contact-records.ts';
import { createLog } from '../log.ts';
import { createMeter } from '../metrics.ts';
import { receiveVoicemail } from '../steps/receive-voicemail.ts';

const env = settings(
  z.pick(allSettings, {
    VMX_VERSION: true,
    VMX_LOG_LEVEL: true,
    VMX_METRICS: true,
    AUDIO_SOURCE: true,
    LEDGER_TABLE: true,
    RETENTION_DAYS: true,
    RECORDING_QUEUE_URL: true,
    DELIVERY_QUEUE_URL: true,
    FAILURES_BUCKET: true,
    INSTANCE_ARN: true,
    DEFAULT_LANGUAGE: true,
  }),
  process.env,
);
const now = Date.now;
const retentionMs = env.RETENTION_DAYS * DAY_MS;
const sqs = new SQSClient(timeLimits('sqs'));
const ports = {
  ...ledger(new DynamoDBClient(timeLimits('dynamodb')), { tableName: env.LEDGER_TABLE, retentionMs, now }),
  sendToRecording: sqsSender(sqs, env.RECORDING_QUEUE_URL),
  sendToDelivery: sqsSender(sqs, env.DELIVERY_QUEUE_URL),
  awaitsIvrRecording: isInIvrRecording(env.AUDIO_SOURCE),
  retentionMs,
  now,
};
const defaults = { instanceArn: env.INSTANCE_ARN, language: env.DEFAULT_LANGUAGE };

export const handler = contactRecordsHandler({
  readContactRecord: (json) => readContactRecord(json, defaults),
  receive: (voicemail) => receiveVoicemail(voicemail, ports),
  tellTaskEnd: (end) => ports.sendToDelivery({ push: 'task-ended', ...end }),
  park: s3Failures(new S3Client(timeLimits('s3')), env.FAILURES_BUCKET),
  log: createLog(env.VMX_VERSION, env.VMX_LOG_LEVEL),
  meter: createMeter(env.VMX_METRICS),
});
