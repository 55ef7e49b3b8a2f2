import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { lateSender } from '../adapters/late-sender.ts';
import { ledger } from '../adapters/ledger.ts';
import { linkKeys } from '../adapters/link-keys.ts';
import { presignedRecordings } from '../adapters/presigned-recordings.ts';
import { s3Recordings } from '../adapters/s3-recordings.ts';
import { timeLimits } from '../adapters/time-limits.ts';
import { allSettings, DAY_MS, settings } from '../config.ts';
import { openRecordingHandler } from '../handlers/open-recording.ts';
import { createLog } from '../log.ts';
import { createMeter } from '../metrics.ts';
import { noteHeard, openRecording } from '../steps/open-recording.ts';

const env = settings(
  z.pick(allSettings, {
    VMX_VERSION: true,
    VMX_LOG_LEVEL: true,
    VMX_METRICS: true,
    LEDGER_TABLE: true,
    RETENTION_DAYS: true,
    LINK_SECRET_ARN: true,
    RECORDINGS_BUCKET: true,
    DELIVERY_QUEUE_URL: true,
  }),
  process.env,
);
const now = Date.now;
const s3 = new S3Client(timeLimits('s3', 'visit'));

const ports = {
  ...ledger(new DynamoDBClient(timeLimits('dynamodb', 'visit')), {
    tableName: env.LEDGER_TABLE,
    retentionMs: env.RETENTION_DAYS * DAY_MS,
    now,
  }),
  ...linkKeys(new SecretsManagerClient(timeLimits('secretsmanager', 'visit')), {
    secretArn: env.LINK_SECRET_ARN,
    now,
  }),
  ...s3Recordings(s3, env.RECORDINGS_BUCKET),
  presign: presignedRecordings(s3, env.RECORDINGS_BUCKET),
  tellFollowUp: lateSender(env.DELIVERY_QUEUE_URL),
  now,
};

export const handler = openRecordingHandler({
  open: (request) => openRecording(request, ports),
  noteHeard: (token) => noteHeard(token, ports),
  log: createLog(env.VMX_VERSION, env.VMX_LOG_LEVEL),
  meter: createMeter(env.VMX_METRICS),
});
