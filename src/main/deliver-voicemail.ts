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
import { s3RecordingBytes } from '../adapters/s3-recording-bytes.ts';
import { s3Recordings } from '../adapters/s3-recordings.ts';
import { s3Transcripts } from '../adapters/s3-transcripts.ts';
import { sqsSetbacks } from '../adapters/sqs-messages.ts';
import { timeLimits } from '../adapters/time-limits.ts';
import { transcribeDelete } from '../adapters/transcribe-jobs.ts';
import { allSettings, DAY_MS, settings } from '../config.ts';
import { timeZoneOrUtc } from '../domain/call-time.ts';
import { deliveryPushIn, type MailEvent, mailEventIn, parseObjectCreated } from '../domain/messages.ts';
import { loggableContactIdOf } from '../domain/object-keys.ts';
import { queueMessagesHandler } from '../handlers/queue-messages.ts';
import { createLog, logTimeZone } from '../log.ts';
import { createMeter } from '../metrics.ts';
import { type DeliverOutcome, deliverVoicemail } from '../steps/deliver-voicemail.ts';
import type { VoicemailToMail } from '../steps/email-voicemail.ts';
import { noteMailEvent } from '../steps/note-mail-event.ts';

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
    EMAIL_CONFIGURATION_SET: true,
    EMAIL_FROM: true,
    EMAIL_FALLBACK_TO: true,
    EMAIL_REPLY_TO: true,
    EMAIL_QUEUE_TEMPLATE: true,
    EMAIL_AGENT_TEMPLATE: true,
    EMAIL_RECORDING: true,
    EMAIL_ATTACH_LIMIT_MB: true,
  }),
  process.env,
);
const now = Date.now;
const instanceArn = env.INSTANCE_ARN;
const s3 = new S3Client(timeLimits('s3'));
const connect = connectClient();
const log = createLog();
const timeZone = timeZoneOrUtc(env.TIME_ZONE);
logTimeZone(log, { configured: env.TIME_ZONE, used: timeZone });
const meter = createMeter();
const setback = log.warn;
const common = {
  ...ledger(new DynamoDBClient(timeLimits('dynamodb')), {
    tableName: env.LEDGER_TABLE,
    retentionMs: env.RETENTION_DAYS * DAY_MS,
    now,
  }),
  ...s3Recordings(s3, env.RECORDINGS_BUCKET),
  ...s3Transcripts(s3, env.TRANSCRIPTS_BUCKET),
  ...connectNames(connect, { instanceArn, now, setback }),
  ...connectTasks(connect, { instanceArn }),
  linkFor: recordingLinks(new LambdaClient(timeLimits('lambda')), env.PRESIGN_FUNCTION),
  deleteJob: transcribeDelete(new TranscribeClient(timeLimits('transcribe'))),
  defaultMode: env.DEFAULT_MODE,
  flowIds: { task: env.TASK_FLOW_ID, guided_task: env.GUIDED_TASK_FLOW_ID },
  fallbackQueueArn: env.FALLBACK_QUEUE_ARN,
  timeZone,
  onDelivered: ({ kind, endedAtMs, deliveredAs }: DeliverOutcome) => {
    meter.count(kind === 'delivered' ? 'VoicemailsDelivered' : 'VoicemailsUnrecordable');
    if (kind === 'delivered' && deliveredAs) meter.delivered(deliveredAs);
    meter.timeToDelivery(now() - endedAtMs);
  },
  onMailFailed: (contactId: string, error: unknown) => {
    meter.count('EmailsRefused');
    setback('the voicemail could not be mailed', { contactId, error });
  },
  setback,
  instanceArn,
  now,
};

const MEGABYTE = 1_000_000;

/** Loaded with the first mail: a task need not wait for what only mails need. */
async function loadMail(from: string, configurationSetName: string) {
  const [{ sesClient, sesMail }, { emailVoicemail }] = await Promise.all([
    import('../adapters/ses-mail.ts'),
    import('../steps/email-voicemail.ts'),
  ]);
  const ports = {
    ...common,
    ...sesMail(sesClient(), { configurationSetName, now }),
    ...s3RecordingBytes(s3, env.RECORDINGS_BUCKET),
    settings: {
      from,
      replyTo: env.EMAIL_REPLY_TO,
      fallbackTo: env.EMAIL_FALLBACK_TO,
      templates: { agent: env.EMAIL_AGENT_TEMPLATE, queue: env.EMAIL_QUEUE_TEMPLATE },
      recording: env.EMAIL_RECORDING,
      largestAttachmentBytes: env.EMAIL_ATTACH_LIMIT_MB * MEGABYTE,
    },
    onMissingVariables: (contactId: string, names: readonly string[]) => {
      meter.count('EmailVariablesMissing');
      log.warn('an email template asks for variables that are not there', { contactId, names });
    },
  };
  return (voicemail: VoicemailToMail) => emailVoicemail(voicemail, ports);
}

function mailing(from: string | undefined, configurationSetName: string | undefined) {
  if (from === undefined || configurationSetName === undefined) return undefined;
  let loaded: ReturnType<typeof loadMail> | undefined;
  return async (voicemail: VoicemailToMail) => {
    loaded ??= loadMail(from, configurationSetName);
    return (await loaded)(voicemail);
  };
}

const LOST_MAILS = {
  Bounce: 'EmailsBounced',
  Complaint: 'EmailsComplained',
  Reject: 'EmailsRejected',
  'Rendering Failure': 'EmailsUnrendered',
} as const satisfies Record<Exclude<MailEvent['kind'], 'Send'>, string>;

const ports = {
  ...common,
  mail: mailing(env.EMAIL_FROM, env.EMAIL_CONFIGURATION_SET),
  onMailLost: ({ kind, contactId, messageId }: MailEvent) => {
    if (kind !== 'Send') meter.count(LOST_MAILS[kind]);
    log.warn('a mail did not arrive, or was not wanted', { contactId, mail: messageId, event: kind });
  },
};

export const handler = queueMessagesHandler({
  deal: async (message) => {
    const mailEvent = mailEventIn(message);
    if (mailEvent) return noteMailEvent(mailEvent, ports);
    const request = deliveryPushIn(message) ?? { transcriptKey: parseObjectCreated(message) };
    const done = await deliverVoicemail(request, ports);
    if (done.kind === 'not-ours') {
      const contactId = 'transcriptKey' in request ? loggableContactIdOf(request.transcriptKey) : undefined;
      log.info('delivery step done', { contactId, outcome: done.kind });
      meter.count('ForeignObjects');
      return;
    }
    const { contactId, kind, deliveredAs } = done;
    log.info('delivery step done', { contactId, outcome: kind, deliveredAs });
  },
  ...sqsSetbacks(new SQSClient(timeLimits('sqs')), {
    queueUrl: env.QUEUE_URL,
    deadLetterQueueUrl: env.DEAD_LETTER_QUEUE_URL,
  }),
  log,
  meter,
});
