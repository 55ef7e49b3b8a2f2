import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { TranscribeClient } from '@aws-sdk/client-transcribe';
import * as z from 'zod/mini';
import { connectClient } from '../adapters/connect-client.ts';
import { connectNames } from '../adapters/connect-names.ts';
import { connectNotifications } from '../adapters/connect-notifications.ts';
import { connectTasks } from '../adapters/connect-tasks.ts';
import { ledger } from '../adapters/ledger.ts';
import { linkKeys } from '../adapters/link-keys.ts';
import { s3RecordingBytes } from '../adapters/s3-recording-bytes.ts';
import { s3Recordings } from '../adapters/s3-recordings.ts';
import { s3Transcripts } from '../adapters/s3-transcripts.ts';
import { sqsSetbacks } from '../adapters/sqs-messages.ts';
import { timeLimits } from '../adapters/time-limits.ts';
import { transcribeDelete } from '../adapters/transcribe-jobs.ts';
import { allSettings, DAY_MS, settings } from '../config.ts';
import { timeZoneOrUtc } from '../domain/call-time.ts';
import type { FoundProfiles } from '../domain/customer.ts';
import type { VoicemailToMail } from '../domain/delivery.ts';
import { deliveryQueueMessages, deliveryReports } from '../handlers/deliver-voicemail.ts';
import { queueMessagesHandler } from '../handlers/queue-messages.ts';
import { createLog, logTimeZone } from '../log.ts';
import { createMeter } from '../metrics.ts';
import { deliverVoicemail } from '../steps/deliver-voicemail.ts';
import { makeLink } from '../steps/make-link.ts';
import { noteFollowUp } from '../steps/note-follow-up.ts';
import { noteMailEvent } from '../steps/note-mail-event.ts';
import { noteTaskEnd } from '../steps/note-task-end.ts';

const env = settings(
  z.pick(allSettings, {
    VMX_VERSION: true,
    VMX_LOG_LEVEL: true,
    VMX_METRICS: true,
    LEDGER_TABLE: true,
    RETENTION_DAYS: true,
    RECORDING_DAYS: true,
    TRANSCRIPT_DAYS: true,
    TASK_DAYS: true,
    RECORDINGS_BUCKET: true,
    TRANSCRIPTS_BUCKET: true,
    QUEUE_URL: true,
    DEAD_LETTER_QUEUE_URL: true,
    INSTANCE_ARN: true,
    TASK_FLOW_ID: true,
    GUIDED_TASK_FLOW_ID: true,
    DEFAULT_MODE: true,
    FALLBACK_QUEUE_ARN: true,
    ATTACH_RECORDING: true,
    PROFILES_DOMAIN: true,
    NOTIFY_AGENTS: true,
    LINK_BASE_URL: true,
    LINK_SECRET_ARN: true,
    LINK_DAYS: true,
    TIME_ZONE: true,
    EMAIL_CONFIGURATION_SET: true,
    EMAIL_FROM: true,
    EMAIL_FALLBACK_TO: true,
    EMAIL_REPLY_TO: true,
    EMAIL_ALLOWED_DOMAINS: true,
    EMAIL_QUEUE_TEMPLATE: true,
    EMAIL_AGENT_TEMPLATE: true,
    EMAIL_RECORDING: true,
    EMAIL_ATTACH_LIMIT_MB: true,
  }),
  process.env,
);
const now = Date.now;
const retentionMs = env.RETENTION_DAYS * DAY_MS;
const instanceArn = env.INSTANCE_ARN;
const s3 = new S3Client(timeLimits('s3'));
const connect = connectClient();
const log = createLog(env.VMX_VERSION, env.VMX_LOG_LEVEL);
const timeZone = timeZoneOrUtc(env.TIME_ZONE);
logTimeZone(log, { configured: env.TIME_ZONE, used: timeZone });
const meter = createMeter(env.VMX_METRICS);
const reports = deliveryReports({ log, meter, now });
const { startTask, resetFlag } = connectTasks(connect, { instanceArn, setback: reports.setback });

const knowing = ledger(new DynamoDBClient(timeLimits('dynamodb')), {
  tableName: env.LEDGER_TABLE,
  retentionMs,
  now,
});
const names = connectNames(connect, { instanceArn, now, setback: reports.setback });
const signing = {
  ...linkKeys(new SecretsManagerClient(timeLimits('secretsmanager')), {
    secretArn: env.LINK_SECRET_ARN,
    now,
  }),
  linkLifeMs: env.LINK_DAYS * DAY_MS,
};
const gathering = {
  ...s3Recordings(s3, env.RECORDINGS_BUCKET),
  ...s3Transcripts(s3, env.TRANSCRIPTS_BUCKET),
  ...names,
  linkFor: linking(env.LINK_BASE_URL),
  findProfiles: asking(env.PROFILES_DOMAIN),
  fallbackQueueArn: env.FALLBACK_QUEUE_ARN,
  instanceArn,
  timeZone,
  transcriptLifeMs: env.TRANSCRIPT_DAYS && env.TRANSCRIPT_DAYS * DAY_MS,
};
const delivering = {
  startTask,
  urlToAttach: env.ATTACH_RECORDING && urlToAttach,
  notifying: env.NOTIFY_AGENTS && {
    agents: env.NOTIFY_AGENTS,
    lifeMs: (env.LINK_BASE_URL === undefined ? env.RETENTION_DAYS : env.LINK_DAYS) * DAY_MS,
    ...connectNotifications(connect, { instanceArn, now }),
  },
  taskLifeMs: env.TASK_DAYS * DAY_MS,
  retentionMs: (env.RECORDING_DAYS ?? env.RETENTION_DAYS) * DAY_MS,
  mail: mailing(env.EMAIL_FROM, env.EMAIL_CONFIGURATION_SET),
  defaultMode: env.DEFAULT_MODE,
  flowIds: { task: env.TASK_FLOW_ID, guided_task: env.GUIDED_TASK_FLOW_ID },
};
const cleaningUp = {
  deleteJob: transcribeDelete(new TranscribeClient(timeLimits('transcribe'))),
  resetFlag,
};
const ports = { ...knowing, ...gathering, ...delivering, ...cleaningUp, ...reports, now };

function linking(baseUrl: string | undefined) {
  if (baseUrl === undefined) return undefined;
  return (call: { contactId: string; endedAtMs: number }) => makeLink(call, { ...signing, baseUrl });
}

/** Loaded with the first attachment. */
async function urlToAttach(recordingKey: string): Promise<string> {
  const { attachableRecordings } = await import('../adapters/presigned-recordings.ts');
  return attachableRecordings(s3, env.RECORDINGS_BUCKET)(recordingKey);
}

/** Loaded with the first look-up. */
function asking(domain: string | undefined) {
  if (domain === undefined) return undefined;
  let find: Promise<(e164: string) => Promise<FoundProfiles>> | undefined;
  return async (e164: string) => {
    find ??= import('../adapters/customer-profiles.ts').then(({ customerProfiles }) =>
      customerProfiles(domain),
    );
    return (await find)(e164);
  };
}

const MEGABYTE = 1_000_000;

/** Loaded with the first mail: a task need not wait for modules that only mails use. */
async function loadMail(from: string, configurationSetName: string) {
  const [{ sesClient, sesMail }, { emailVoicemail }] = await Promise.all([
    import('../adapters/ses-mail.ts'),
    import('../steps/email-voicemail.ts'),
  ]);
  const mailPorts = {
    ...knowing,
    ...names,
    ...sesMail(sesClient(), { configurationSetName, now }),
    ...s3RecordingBytes(s3, env.RECORDINGS_BUCKET),
    ...reports,
    settings: {
      from,
      replyTo: env.EMAIL_REPLY_TO,
      fallbackTo: env.EMAIL_FALLBACK_TO,
      allowedDomains: env.EMAIL_ALLOWED_DOMAINS,
      templates: { agent: env.EMAIL_AGENT_TEMPLATE, queue: env.EMAIL_QUEUE_TEMPLATE },
      recording: env.EMAIL_RECORDING,
      largestAttachmentBytes: env.EMAIL_ATTACH_LIMIT_MB * MEGABYTE,
    },
    instanceArn,
    now,
  };
  return (voicemail: VoicemailToMail) => emailVoicemail(voicemail, mailPorts);
}

function mailing(from: string | undefined, configurationSetName: string | undefined) {
  if (from === undefined || configurationSetName === undefined) return undefined;
  let loaded: ReturnType<typeof loadMail> | undefined;
  return async (voicemail: VoicemailToMail) => {
    loaded ??= loadMail(from, configurationSetName);
    return (await loaded)(voicemail);
  };
}

export const handler = queueMessagesHandler({
  deal: deliveryQueueMessages({
    deliver: (request) => deliverVoicemail(request, ports),
    noteMailEvent: (event) => noteMailEvent(event, ports),
    noteTaskEnd: (end) => noteTaskEnd(end, ports),
    noteFollowUp: (news) => noteFollowUp(news, ports),
    log,
    meter,
  }),
  ...sqsSetbacks(new SQSClient(timeLimits('sqs')), {
    queueUrl: env.QUEUE_URL,
    deadLetterQueueUrl: env.DEAD_LETTER_QUEUE_URL,
  }),
  log,
  meter,
});
