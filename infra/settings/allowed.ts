import { TAGS_ALLOWED } from './tags.ts';
import { FLOW_SETTINGS_ALLOWED } from '../../flows/settings.ts';
import type { DeliveryMode } from '../../src/domain/delivery-mode.ts';
import { EMAIL_SETTINGS_ALLOWED } from '../email-settings.ts';
import { BOOTSTRAP_ALLOWED } from '../bootstrap-settings.ts';
import { RETENTION_SETTINGS_ALLOWED } from '../retention-settings.ts';
import { LINK_SETTINGS_ALLOWED } from '../link-settings.ts';

/** Days that CloudWatch Logs can keep a log. Source: CloudWatch Logs API, PutRetentionPolicy. */
export const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Source: Amazon Connect administrator guide, "Feature specifications", maximum duration of a task. */
export const LONGEST_TASK_DAYS = 90;

/** How many alarms and metrics there are. */
export const MONITORING = ['essential', 'full'] as const;

/** Who gets a notification in the agent workspace: the agent it is for, or also the agents of the queue it is for. */
export const NOTIFIED = ['agent', 'queue'] as const;

/** By delivery mode: the setting that it needs. */
export const NEEDED_BY_MODE: Readonly<Record<DeliveryMode, 'email' | undefined>> = {
  guided_task: undefined,
  task: undefined,
  email: 'email',
};

/** What each setting may be, as an administrator reads it if something else was written. */
export const ALLOWED = {
  stackName:
    'the name of the stack, 1 to 128 letters, digits and hyphens, a letter first; leave it out for VoicemailExpress',
  instanceArn: 'the ARN of an Amazon Connect instance, arn:aws:connect:<region>:<account>:instance/<id>',
  contactRecordStreamArn:
    "the ARN of the instance's contact record stream, a Kinesis data stream in the instance's account and Region, arn:aws:kinesis:<region>:<account>:stream/<name>",
  contactRecordStreamKmsKeyArn:
    "the ARN of the KMS key that the contact record stream is encrypted with, in the instance's Region, arn:aws:kms:<region>:<account>:key/<id>; leave it out for a stream that is not",
  audioSource: "'stream', 'ivr' or 'both'; leave it out for 'stream'",
  mediaStreams:
    "{ prefix, kmsKeyArn? } as set under live media streaming of the instance; may be left out if audioSource is 'ivr'",
  'mediaStreams.prefix': 'the prefix of the video streams: 1 to 128 of A-Z a-z 0-9 . _ -',
  'mediaStreams.kmsKeyArn':
    "the ARN of a KMS key in the instance's Region, arn:aws:kms:<region>:<account>:key/<id>; leave it out for the key aws/kinesisvideo",
  ivrRecordings:
    "{ bucket, prefix?, kmsKeyArn? } as set under data storage, call recordings, of the instance; required if audioSource is 'ivr' or 'both'",
  'ivrRecordings.bucket': 'the name of an S3 bucket: 3 to 63 lower-case letters, digits, dots and hyphens',
  'ivrRecordings.prefix':
    "what the recordings' keys begin with, such as 'connect/acme/CallRecordings/': 1 to 512 of A-Z a-z 0-9 / . _ - = + @ :, no / first",
  'ivrRecordings.kmsKeyArn':
    "the ARN of the KMS key the recordings are encrypted with, in the instance's Region; leave it out for the key aws/s3",
  instanceAlias:
    'the instance alias: 1 to 45 lower-case letters, digits and hyphens, as in https://<alias>.my.connect.aws',
  fallbackQueueArn: 'the ARN of a queue of this instance, <instanceArn>/queue/<id>',
  defaultLanguage: "a language code of Amazon Transcribe such as 'en-US', or 'auto' to identify it",
  timeZone:
    "a region's time zone, Area/City as IANA spells it, such as 'America/New_York' or 'America/Indiana/Indianapolis', or 'UTC'; an abbreviation (EST) or an offset (+05:30) names no region",
  retentionDays: 'a whole number of days, 1 to 3650',
  linkDays: 'a whole number of days, 1 to retentionDays',
  taskDays: `a whole number of days, 1 to ${LONGEST_TASK_DAYS}, and at most retentionDays; leave it out for a day less than retentionDays`,
  transcriptDeadlineMinutes: 'a whole number of minutes, 1 to 1440',
  voicemailsPerSecond:
    'a whole number, 2 to 200, and no more than the tasks a second that Amazon Connect lets the account start; leave it out for 2',
  minimumSeconds: 'a number of seconds, 0 to 10',
  deliverBlank: 'true or false',
  deliveryMode: deliveryModesAllowed(),
  attachRecording: 'true or false',
  customerProfiles:
    "{ domain } of Amazon Connect Customer Profiles, where it is available; leave it out for tasks without callers' names",
  'customerProfiles.domain':
    "the name of the instance's Customer Profiles domain: 1 to 64 letters, digits, hyphens and underscores",
  notify: '{ agents }; leave it out for no notifications',
  'notify.agents': "'agent' or 'queue'",
  audioPlacement: "'by-time' or 'joined'",
  monitoring: "'essential' or 'full'; leave it out for 'essential'",
  kmsKeyArn:
    "the ARN of the KMS key for what the stack itself keeps, in the instance's Region, arn:aws:kms:<region>:<account>:key/<id>; leave it out for keys of AWS",
  permissionsBoundaryArn:
    'the ARN of a policy of IAM, in the account of the instance or of AWS, arn:aws:iam::<account>:policy/<name>; leave it out for roles without a boundary',
  tags: TAGS_ALLOWED,
  canary: '{ queueArn, everyHours }; leave it out for none',
  'canary.queueArn': 'the ARN of a queue of this instance that exists for tests, <instanceArn>/queue/<id>',
  'canary.everyHours': 'a whole number of hours, 1 to 23',
  testQueue:
    'the name of a queue of this instance that exists for tests, 1 to 256 characters; leave it out to send no test voicemail after a deployment',
  alarmEmails: 'a list of one or more different email addresses; leave it out for none',
  logLevel: "'debug', 'info', 'warn' or 'error'; leave it out for 'info'",
  logRetentionDays: `one of ${LOG_RETENTION_DAYS.join(', ')}`,
  ...RETENTION_SETTINGS_ALLOWED,
  ...BOOTSTRAP_ALLOWED,
  ...LINK_SETTINGS_ALLOWED,
  ...EMAIL_SETTINGS_ALLOWED,
  ...FLOW_SETTINGS_ALLOWED,
} as const satisfies Record<string, string>;

/** `retentionDays`, `email.from` */
export type SettingName = keyof typeof ALLOWED;

function isSetting(name: string): name is SettingName {
  return Object.hasOwn(ALLOWED, name);
}

/** The longest known setting on the way to `path`: a wrong third email address is about `alarmEmails`. */
export function settingAt(path: readonly PropertyKey[]): SettingName | undefined {
  const names = path.map((_, index) =>
    path
      .slice(0, index + 1)
      .map(String)
      .join('.'),
  );
  return names.findLast(isSetting);
}

/** `'guided_task', 'task', or 'email' if email is set` */
function deliveryModesAllowed(): string {
  const modes = Object.entries(NEEDED_BY_MODE).map(
    ([mode, needed]) => `'${mode}'${needed ? ` if ${needed} is set` : ''}`,
  );
  return new Intl.ListFormat('en-US', { type: 'disjunction' }).format(modes);
}
