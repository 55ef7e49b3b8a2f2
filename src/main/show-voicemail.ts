import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod/mini';
import { lateSender } from '../adapters/late-sender.ts';
import { ledger } from '../adapters/ledger.ts';
import { presignedRecordings } from '../adapters/presigned-recordings.ts';
import { s3Recordings } from '../adapters/s3-recordings.ts';
import { s3Transcripts } from '../adapters/s3-transcripts.ts';
import { timeLimits } from '../adapters/time-limits.ts';
import { allSettings, DAY_MS, settings } from '../config.ts';
import { timeZoneOrUtc } from '../domain/call-time.ts';
import { showVoicemailHandler } from '../handlers/show-voicemail.ts';
import { createLog, logTimeZone } from '../log.ts';
import { showVoicemail } from '../steps/show-voicemail.ts';

const env = settings(
  z.pick(allSettings, {
    VMX_VERSION: true,
    VMX_LOG_LEVEL: true,
    LEDGER_TABLE: true,
    RETENTION_DAYS: true,
    TRANSCRIPT_DAYS: true,
    RECORDINGS_BUCKET: true,
    TRANSCRIPTS_BUCKET: true,
    INSTANCE_ARN: true,
    TIME_ZONE: true,
    DELIVERY_QUEUE_URL: true,
  }),
  process.env,
);
const s3 = new S3Client(timeLimits('s3', 'visit'));
const log = createLog(env.VMX_VERSION, env.VMX_LOG_LEVEL);
const timeZone = timeZoneOrUtc(env.TIME_ZONE);
logTimeZone(log, { configured: env.TIME_ZONE, used: timeZone });
const ports = {
  ...ledger(new DynamoDBClient(timeLimits('dynamodb', 'visit')), {
    tableName: env.LEDGER_TABLE,
    retentionMs: env.RETENTION_DAYS * DAY_MS,
    now: Date.now,
  }),
  ...s3Recordings(s3, env.RECORDINGS_BUCKET),
  ...s3Transcripts(s3, env.TRANSCRIPTS_BUCKET),
  presign: presignedRecordings(s3, env.RECORDINGS_BUCKET),
  instanceArn: env.INSTANCE_ARN,
  timeZone,
  now: Date.now,
  transcriptLifeMs: env.TRANSCRIPT_DAYS && env.TRANSCRIPT_DAYS * DAY_MS,
  setback: log.error,
};

export const handler = showVoicemailHandler({
  show: (request) => showVoicemail(request, ports),
  tellFollowUp: lateSender(env.DELIVERY_QUEUE_URL),
  now: Date.now,
  log,
});
