import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { kvsAudio } from '../adapters/kvs-audio.ts';
import { ledger } from '../adapters/ledger.ts';
import { s3CallAudio } from '../adapters/s3-call-audio.ts';
import { s3Levels } from '../adapters/s3-levels.ts';
import { s3Recordings } from '../adapters/s3-recordings.ts';
import { sqsSender, sqsSetbacks } from '../adapters/sqs-messages.ts';
import { timeLimits } from '../adapters/time-limits.ts';
import { allSettings, DAY_MS, settings } from '../config.ts';
import { RetryableError } from '../domain/errors.ts';
import { parseVoicemail } from '../domain/voicemail.ts';
import { queueMessagesHandler } from '../handlers/queue-messages.ts';
import { createLog } from '../log.ts';
import { createMeter } from '../metrics.ts';
import { saveRecording } from '../steps/save-recording.ts';

const env = settings(
  allSettings.pick({
    LEDGER_TABLE: true,
    RETENTION_DAYS: true,
    RECORDINGS_BUCKET: true,
    QUEUE_URL: true,
    DEAD_LETTER_QUEUE_URL: true,
    DELIVERY_QUEUE_URL: true,
    MINIMUM_SECONDS: true,
    DELIVER_BLANK: true,
    IVR_RECORDINGS_BUCKET: true,
    IVR_RECORDINGS_PREFIX: true,
    AUDIO_PLACEMENT: true,
  }),
  process.env,
);
const now = Date.now;
const s3 = new S3Client(timeLimits('s3'));
const sqs = new SQSClient(timeLimits('sqs'));
const log = createLog();
const meter = createMeter();
const ports = {
  ...ledger(new DynamoDBClient(timeLimits('dynamodb')), {
    tableName: env.LEDGER_TABLE,
    retentionMs: env.RETENTION_DAYS * DAY_MS,
    now,
  }),
  ...s3Recordings(s3, env.RECORDINGS_BUCKET),
  ...s3Levels(s3, env.RECORDINGS_BUCKET),
  ...kvsAudio(),
  ...(env.IVR_RECORDINGS_BUCKET !== undefined && {
    ivrRecordings: s3CallAudio({ bucket: env.IVR_RECORDINGS_BUCKET, prefix: env.IVR_RECORDINGS_PREFIX }),
  }),
  sendToDelivery: sqsSender(sqs, env.DELIVERY_QUEUE_URL),
  wait: (delayMs: number) => wait(delayMs),
  minimumMs: env.MINIMUM_SECONDS * 1000,
  deliverBlank: env.DELIVER_BLANK,
  setback: log.warn,
  audioPlacement: env.AUDIO_PLACEMENT,
  now,
};

/** A recording that may not be all there yet, and is tried again within seconds. */
const isAwaited = (error: unknown) =>
  error instanceof RetryableError && error.code === 'NOT_READY' && error.retryWithinMs !== undefined;

export const handler = queueMessagesHandler({
  deal: async (message) => {
    const voicemail = parseVoicemail(message);
    const outcome = await saveRecording(voicemail, ports).catch((error: unknown) => {
      if (isAwaited(error)) meter.count('RecordingsAwaited');
      throw error;
    });
    log.info('recording step done', { contactId: voicemail.contactId, outcome });
    if (outcome === 'recorded' || outcome === 'incomplete') meter.count('RecordingsSaved');
    if (outcome === 'blank') meter.count('VoicemailsBlank');
    if (outcome === 'incomplete') meter.count('RecordingsIncomplete');
  },
  ...sqsSetbacks(sqs, { queueUrl: env.QUEUE_URL, deadLetterQueueUrl: env.DEAD_LETTER_QUEUE_URL }),
  log,
  meter,
});
