import { monitoringOf, taskDaysOf, type VoicemailConfig } from '../config.ts';
import type { PipelineFunction } from '../constructs/pipeline-function.ts';
import { EventRoute, objectsCreated, tasksTaken } from '../constructs/event-route.ts';
import { homeOf } from '../arns.ts';
import { linkHostOf } from '../link-settings.ts';
import { QUEUE_WORKERS } from '../queue-workers.ts';
import { flowIdOf } from '../pipeline/flows.ts';
import type { FunctionDeployment } from '../pipeline/stack-parts.ts';
import { jobsOf } from '../pipeline/transcription-jobs.ts';
import { retentionVariables } from '../retention-settings.ts';

export const deployment: FunctionDeployment = {
  impact: 'Voicemails do not reach agents. They wait in the delivery queue and are tried again for hours.',
  timeoutSeconds: 60,
  // Earlier code may invoke the function that signed links.
  policyName: 'SigningGrants',

  queue: {
    name: 'delivery-queue',
    deadLettersImpact:
      'A voicemail was not delivered. No agent has it, and the caller expects to be called back.',
    backlogImpact:
      'Voicemails wait a quarter of an hour or more to be delivered: more come in than Amazon Connect takes, or deliveries stand still. Agents get them late.',
    workers: QUEUE_WORKERS['deliver-voicemail'],
  },

  environment: ({ config, storage, linkAddress, taskFlows, mail }) => ({
    VMX_METRICS: monitoringOf(config),
    LEDGER_TABLE: storage.ledger.tableName,
    RECORDINGS_BUCKET: storage.recordings.bucketName,
    TRANSCRIPTS_BUCKET: storage.transcripts.bucketName,
    ...(linkAddress !== undefined && { LINK_BASE_URL: linkAddress }),
    LINK_SECRET_ARN: storage.linkSecret.secretArn,
    LINK_DAYS: String(config.linkDays),
    INSTANCE_ARN: config.instanceArn,
    DEFAULT_MODE: config.deliveryMode ?? 'guided_task',
    FALLBACK_QUEUE_ARN: config.fallbackQueueArn,
    ...(config.attachRecording && { ATTACH_RECORDING: 'true' }),
    ...(config.customerProfiles && { PROFILES_DOMAIN: config.customerProfiles.domain }),
    ...(config.notify && { NOTIFY_AGENTS: config.notify.agents }),
    TIME_ZONE: config.timeZone,
    ...retentionVariables(config),
    TASK_DAYS: String(taskDaysOf(config)),
    TASK_FLOW_ID: flowIdOf(taskFlows.task),
    GUIDED_TASK_FLOW_ID: flowIdOf(taskFlows.guidedTask),
    ...mail?.environment,
  }),

  triggers(_fn, { config, scope, storage, queueOf, mail }) {
    const { queue: to, deadLetters } = queueOf('deliver-voicemail');
    const pattern = objectsCreated(storage.transcripts, 'transcripts/*.json');
    new EventRoute(scope, 'on-transcript', { pattern, to, deadLetters });
    new EventRoute(scope, 'on-task-taken', { pattern: tasksTaken(config.instanceArn), to, deadLetters });
    // The function that sent a mail counts its end, names its voicemail in the log, and
    // learns of a mail whose answer was lost.
    if (mail) new EventRoute(mail.scope, 'on-mail-event', { pattern: mail.events, to, deadLetters });
  },

  grants(fn, { config, storage, mail }) {
    fn.allow(storage.ledger.tableArn, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    const recordings = storage.recordings.arnForObjects('recordings/*');
    // Only mails carry the recording itself, and tasks that have it attached: Amazon Connect reads it by this right.
    if (attaches(config)) fn.allow(recordings, 's3:GetObject');
    else fn.allowHeaders(recordings);
    fn.allow(storage.recordings.bucketArn, 's3:ListBucket');
    fn.allow(storage.transcripts.arnForObjects('transcripts/*'), 's3:GetObject');
    fn.allow(storage.transcripts.bucketArn, 's3:ListBucket');
    // It signs links: docs/decisions/008.
    if (linkHostOf(config) !== 'none')
      fn.allow(storage.linkSecret.secretArn, 'secretsmanager:GetSecretValue');
    fn.allow(
      `${config.instanceArn}/contact/*`,
      'connect:StartTaskContact',
      'connect:UpdateContactAttributes',
    );
    // A voicemail may name another flow of the instance for its task.
    fn.allow(`${config.instanceArn}/contact-flow/*`, 'connect:StartTaskContact');
    fn.allow(`${config.instanceArn}/queue/*`, 'connect:DescribeQueue');
    fn.allow(`${config.instanceArn}/operating-hours/*`, 'connect:DescribeHoursOfOperation');
    fn.allow(`${config.instanceArn}/agent/*`, 'connect:DescribeUser');
    // IAM knows no resource for it but the instance.
    fn.allow(config.instanceArn, 'connect:SearchUsers');
    fn.allow(jobsOf(config), 'transcribe:DeleteTranscriptionJob');
    allowExtras(fn, config);
    if (!mail) return;
    for (const identityArn of mail.identityArns) fn.allow(identityArn, 'ses:SendEmail');
    fn.allow(mail.configurationSetArn, 'ses:SendEmail');
    // A voicemail may name another template of the account.
    fn.allow(mail.templatesArn, 'ses:GetEmailTemplate');
  },
};

/** What is switched on beside the delivery. */
function allowExtras(fn: PipelineFunction, { instanceArn, customerProfiles, notify }: VoicemailConfig): void {
  if (customerProfiles) {
    const { partition, region, accountId } = homeOf(instanceArn);
    const domains = `arn:${partition}:profile:${region}:${accountId}:domains`;
    fn.allow(`${domains}/${customerProfiles.domain}`, 'profile:SearchProfiles');
  }
  if (!notify) return;
  // Nothing says which resource IAM knows for it. A role that may not send notifications delivers without them.
  fn.allow(instanceArn, 'connect:CreateNotification');
  fn.allow(`${instanceArn}/*`, 'connect:CreateNotification');
  if (notify.agents === 'queue') fn.allow(instanceArn, 'connect:SearchRoutingProfiles');
}

function attaches({ email, attachRecording = false }: VoicemailConfig): boolean {
  return attachRecording || (email !== undefined && email.recording !== 'link');
}
