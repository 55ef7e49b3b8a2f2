import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { TranscribeClient } from '@aws-sdk/client-transcribe';
import * as z from 'zod/mini';
import { fromAws } from '../adapters/aws-errors.ts';
import { connectClient } from '../adapters/connect-client.ts';
import { followLink } from '../adapters/follow-link.ts';
import { ledger } from '../adapters/ledger.ts';
import { s3Transcripts } from '../adapters/s3-transcripts.ts';
import { type ProbeCall, recordingSource, testProbe } from '../adapters/test-probe.ts';
import { timeLimits } from '../adapters/time-limits.ts';
import { allSettings, DAY_MS, settings } from '../config.ts';
import { samplesOf } from '../domain/audio/wav.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { canaryHandler } from '../handlers/canary.ts';
import { createLog } from '../log.ts';
import { removeLeftovers } from '../steps/remove-test-voicemail.ts';
import { sendTestVoicemail } from '../steps/send-test-voicemail.ts';
import type { TestWork } from '../steps/test-ports.ts';

const env = settings(
  z.pick(allSettings, {
    VMX_VERSION: true,
    VMX_LOG_LEVEL: true,
    LEDGER_TABLE: true,
    RETENTION_DAYS: true,
    RECORDINGS_BUCKET: true,
    TRANSCRIPTS_BUCKET: true,
    INSTANCE_ARN: true,
    TASK_FLOW_ID: true,
    LINK_BASE_URL: true,
    CANARY_QUEUE_ARN: true,
  }),
  process.env,
);
const call: ProbeCall = async (permission, ask) => {
  try {
    return await ask();
  } catch (error) {
    throw fromAws(error, permission);
  }
};
const log = createLog(env.VMX_VERSION, env.VMX_LOG_LEVEL);
const dynamodb = new DynamoDBClient(timeLimits('dynamodb'));
const [, instanceId = ''] = env.INSTANCE_ARN.split('instance/');
const parts = {
  connect: connectClient(),
  s3: new S3Client(timeLimits('s3')),
  transcribe: new TranscribeClient(timeLimits('transcribe')),
  dynamodb,
  ledgerTable: env.LEDGER_TABLE,
  recordingsBucket: env.RECORDINGS_BUCKET,
  transcriptsBucket: env.TRANSCRIPTS_BUCKET,
  instanceId,
  flowId: env.TASK_FLOW_ID,
  call,
};
const { findTranscript } = s3Transcripts(parts.s3, env.TRANSCRIPTS_BUCKET);
const entries = ledger(dynamodb, {
  tableName: env.LEDGER_TABLE,
  retentionMs: env.RETENTION_DAYS * DAY_MS,
  now: Date.now,
});

const work: Omit<TestWork, 'onStep'> = {
  instanceArn: env.INSTANCE_ARN,
  probe: testProbe(parts),
  source: recordingSource(parts),
  // The build puts it beside the bundle.
  pcm: samplesOf(readFileSync(join(import.meta.dirname, 'test-voicemail.wav'))),
  ledger: { find: entries.findEntry },
  objects: {
    async transcriptOf({ transcriptKey }) {
      const transcript = await findTranscript(transcriptKey);
      return transcript?.kind === 'gap' ? { kind: 'gap', why: transcript.gap } : transcript;
    },
  },
  hasLinks: env.LINK_BASE_URL !== undefined,
  follow: followLink,
  refusalIn: (error) =>
    error instanceof PermanentError || error instanceof RetryableError ? error.message : undefined,
  wait: (ms) => pause(ms),
  clock: () => Date.now(),
};
const queue = { name: 'of the canary', arn: env.CANARY_QUEUE_ARN };

export const handler = canaryHandler({
  removeLeftovers: () => removeLeftovers(({ kind }) => kind === 'canary', work),
  send: (onStep) => sendTestVoicemail({ kind: 'canary', mode: 'task', queue }, { ...work, onStep }),
  log,
});
