import { z } from 'zod';
import { textProblems } from '../flows/spoken-texts.ts';
import { FLOW_SETTINGS_ALLOWED, flowSettingsSchema, LANGUAGE, languageProblems } from '../flows/settings.ts';
import { DELIVERY_MODES, type DeliveryMode } from '../src/domain/delivery-mode.ts';
import { arnIn } from './arns.ts';
import { EMAIL_SETTINGS_ALLOWED, emailSettingsSchema } from './email-settings.ts';
import { isRegionTimeZone, meantTimeZone } from './time-zone.ts';

/** Days that CloudWatch Logs can keep a log. Source: CloudWatch Logs API, PutRetentionPolicy. */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** By delivery mode: the setting that it needs. */
const NEEDED_BY_MODE: Readonly<Record<DeliveryMode, 'email' | undefined>> = {
  guided_task: undefined,
  task: undefined,
  email: 'email',
};

/** What each setting may be, as an administrator is told it when something else was written. */
const ALLOWED = {
  stackName:
    'the name of the stack, 1 to 128 letters, digits and hyphens, a letter first; leave it out for VoicemailExpress',
  instanceArn: 'the ARN of an Amazon Connect instance, arn:aws:connect:<region>:<account>:instance/<id>',
  contactRecordStreamArn:
    "the ARN of the instance's contact record stream, arn:aws:kinesis:<region>:<account>:stream/<name>, in the instance's Region",
  contactRecordStreamKmsKeyArn:
    'the ARN of the KMS key that the contact record stream is encrypted with, arn:aws:kms:<region>:<account>:key/<id>; leave it out for a stream that is not',
  mediaStreams: '{ prefix, kmsKeyArn? } as set under live media streaming of the instance',
  'mediaStreams.prefix': 'the prefix of the video streams: 1 to 128 of A-Z a-z 0-9 . _ -',
  'mediaStreams.kmsKeyArn':
    "the ARN of a KMS key in the instance's Region, arn:aws:kms:<region>:<account>:key/<id>; leave it out for the key aws/kinesisvideo",
  ivrRecordings:
    '{ bucket, prefix?, kmsKeyArn? } as set under data storage, call recordings, of the instance',
  'ivrRecordings.bucket': 'the name of an S3 bucket: 3 to 63 lower-case letters, digits, dots and hyphens',
  'ivrRecordings.prefix':
    "what the recordings' keys begin with, such as 'connect/acme/CallRecordings/': 1 to 512 of A-Z a-z 0-9 / . _ - = + @ :",
  'ivrRecordings.kmsKeyArn':
    "the ARN of the KMS key the recordings are encrypted with, in the instance's Region; leave it out for the key aws/s3",
  instanceAlias:
    'the instance alias: 1 to 45 letters, digits and hyphens, as in https://<alias>.my.connect.aws',
  fallbackQueueArn: 'the ARN of a queue of this instance, <instanceArn>/queue/<id>',
  defaultLanguage: "a language code of Amazon Transcribe such as 'en-US', or 'auto' to identify it",
  timeZone:
    "a region's time zone, Area/City as IANA spells it, such as 'America/New_York' or 'America/Indiana/Indianapolis', or 'UTC'; an abbreviation (EST) or an offset (+05:30) names no region",
  retentionDays: 'a whole number of days, 1 to 3650',
  linkDays: 'a whole number of days, 1 to retentionDays',
  transcriptDeadlineMinutes: 'a whole number of minutes, 1 to 1440',
  minimumSeconds: 'a number of seconds, 0 to 10',
  deliverBlank: 'true or false',
  deliveryMode: deliveryModesAllowed(),
  audioPlacement: "'by-time' or 'joined'",
  alarmEmails: 'a list of one or more email addresses; leave it out for none',
  logRetentionDays: `one of ${LOG_RETENTION_DAYS.join(', ')}`,
  ...EMAIL_SETTINGS_ALLOWED,
  ...FLOW_SETTINGS_ALLOWED,
} as const satisfies Record<string, string>;

/** Source: CloudFormation API, CreateStack, StackName. */
const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const INSTANCE_ARN = new RegExp(String.raw`^arn:aws[a-z-]*:connect:[a-z0-9-]+:\d{12}:instance/${UUID}$`);
const STREAM_ARN = /^arn:aws[a-z-]*:kinesis:[a-z0-9-]+:\d{12}:stream\/[A-Za-z0-9_.-]{1,128}$/;
const KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/;
const PREFIX = /^[A-Za-z0-9._-]{1,128}$/;
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const OBJECT_PREFIX = /^[A-Za-z0-9/._=+@:-]{1,512}$/;
const ALIAS = /^(?!d-)[A-Za-z0-9](?:[A-Za-z0-9-]{0,43}[A-Za-z0-9])?$/;

const CONFIG = z
  .strictObject({
    stackName: z.string().regex(STACK_NAME).exactOptional(),
    instanceArn: z.string().regex(INSTANCE_ARN),
    contactRecordStreamArn: z.string().regex(STREAM_ARN),
    contactRecordStreamKmsKeyArn: z.string().regex(KEY_ARN).exactOptional(),
    mediaStreams: z.strictObject({
      prefix: z.string().regex(PREFIX),
      kmsKeyArn: z.string().regex(KEY_ARN).exactOptional(),
    }),
    ivrRecordings: z
      .strictObject({
        bucket: z.string().regex(BUCKET),
        prefix: z.string().regex(OBJECT_PREFIX).exactOptional(),
        kmsKeyArn: z.string().regex(KEY_ARN).exactOptional(),
      })
      .exactOptional(),
    instanceAlias: z.string().regex(ALIAS),
    fallbackQueueArn: z.string(),
    defaultLanguage: z.union([z.literal('auto'), z.string().regex(LANGUAGE)]),
    timeZone: z.string().refine(isRegionTimeZone),
    retentionDays: z.int().min(1).max(3650),
    linkDays: z.int().min(1),
    transcriptDeadlineMinutes: z.int().min(1).max(1440),
    minimumSeconds: z.number().min(0).max(10),
    deliverBlank: z.boolean(),
    deliveryMode: z.enum(DELIVERY_MODES).exactOptional(),
    email: emailSettingsSchema.exactOptional(),
    audioPlacement: z.enum(['by-time', 'joined']).exactOptional(),
    alarmEmails: z.array(z.email()).min(1).readonly().exactOptional(),
    logRetentionDays: z.literal(LOG_RETENTION_DAYS),
    flows: flowSettingsSchema.exactOptional(),
  })
  .readonly();

/**
 * What an administrator decides about one deployment. `voicemail.config.ts` says
 * it, the stack is made of it. Account, Region and partition are those of
 * `instanceArn`.
 */
export type VoicemailConfig = z.infer<typeof CONFIG>;

/** What the stack is called, and what its alarms and its dashboard begin with. */
export function stackNameOf({ stackName = 'VoicemailExpress' }: VoicemailConfig): string {
  return stackName;
}

/** The settings are wrong; the message has one line per wrong one: the key, what came, what is allowed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(['voicemail.config.ts does not say what can be deployed:', ...problems].join('\n  '));
    this.problems = problems;
  }
}

/** Types the settings while they are written, and checks them when they are loaded. Throws ConfigError. */
export function defineConfig(config: VoicemailConfig): VoicemailConfig {
  return parseConfig(config);
}

/** Settings from anywhere. Throws ConfigError naming every wrong one at once. */
export function parseConfig(input: unknown): VoicemailConfig {
  const parsed = CONFIG.safeParse(input);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.flatMap((issue) => problemsIn(issue, input)));
  const problems = contradictionsIn(parsed.data);
  if (problems.length > 0) throw new ConfigError(problems);
  return parsed.data;
}

function problemsIn(issue: z.core.$ZodIssue, input: unknown): string[] {
  const key = settingAt(issue.path);
  if (issue.code !== 'unrecognized_keys') return [problem(key, valueAt(input, issue.path))];
  return issue.keys.map((name) => {
    const unknown = [...issue.path, name].join('.');
    return `${unknown} is no setting; the settings are ${Object.keys(ALLOWED).join(', ')}`;
  });
}

/** What only shows when two settings are held against each other. */
function contradictionsIn(config: VoicemailConfig): string[] {
  const { instanceArn, contactRecordStreamArn, mediaStreams, retentionDays, linkDays } = config;
  const ofInstance = (kind: string) => new RegExp(`^${instanceArn}/${kind}/${UUID}$`);
  const keyArn = mediaStreams.kmsKeyArn;
  const ivrKeyArn = config.ivrRecordings?.kmsKeyArn;
  return [
    ...(sameRegion(contactRecordStreamArn, instanceArn)
      ? []
      : [problem('contactRecordStreamArn', contactRecordStreamArn)]),
    ...(keyArn === undefined || sameRegion(keyArn, instanceArn)
      ? []
      : [problem('mediaStreams.kmsKeyArn', keyArn)]),
    ...(ivrKeyArn === undefined || sameRegion(ivrKeyArn, instanceArn)
      ? []
      : [problem('ivrRecordings.kmsKeyArn', ivrKeyArn)]),
    ...(ofInstance('queue').test(config.fallbackQueueArn)
      ? []
      : [problem('fallbackQueueArn', config.fallbackQueueArn)]),
    ...(linkDays <= retentionDays
      ? []
      : [`${problem('linkDays', linkDays)} (${retentionDays}): a link cannot outlive its recording`]),
    ...(isDeliverable(config) ? [] : [problem('deliveryMode', config.deliveryMode)]),
    ...flowContradictions(config, ofInstance),
  ];
}

/** `'guided_task', 'task', or 'email' if email is set` */
function deliveryModesAllowed(): string {
  const modes = Object.entries(NEEDED_BY_MODE).map(
    ([mode, needed]) => `'${mode}'${needed ? ` if ${needed} is set` : ''}`,
  );
  return new Intl.ListFormat('en-US', { type: 'disjunction' }).format(modes);
}

function isDeliverable({ deliveryMode, ...settings }: VoicemailConfig): boolean {
  const needed = deliveryMode && NEEDED_BY_MODE[deliveryMode];
  return !needed || settings[needed] !== undefined;
}

function flowContradictions(
  { flows = {}, defaultLanguage }: VoicemailConfig,
  ofInstance: (kind: string) => RegExp,
): string[] {
  const languages = languageProblems(flows, defaultLanguage);
  const texts = textProblems(flows);
  const arns = [
    ['flows.tonePromptArn', 'prompt', flows.tonePromptArn],
    ['flows.holdMusicPromptArn', 'prompt', flows.holdMusicPromptArn],
    ['flows.entryQueueArn', 'queue', flows.entryQueueArn],
    ['flows.testAgentArn', 'agent', flows.testAgentArn],
  ] as const;
  return [
    ...(languages.length > 0
      ? [`${problem('flows.languages', flows.languages)}: ${languages.join('; ')}`]
      : []),
    ...texts.map((text) => `flows.texts: ${text}`),
    ...arns.flatMap(([key, kind, arn]) =>
      arn === undefined || ofInstance(kind).test(arn) ? [] : [problem(key, arn)],
    ),
  ];
}

function problem(key: keyof typeof ALLOWED | undefined, came: unknown): string {
  const text = came === undefined ? 'nothing' : JSON.stringify(came);
  if (key === undefined) return `got ${text}; allowed: an object of settings`;
  const meant = key === 'timeZone' && typeof came === 'string' ? meantTimeZone(came) : undefined;
  return `${key}: got ${text}; allowed: ${ALLOWED[key]}${meant === undefined ? '' : `. Did you mean '${meant}'?`}`;
}

/** The longest known setting on the way to `path`: a wrong third email address is about `alarmEmails`. */
function settingAt(path: readonly PropertyKey[]): keyof typeof ALLOWED | undefined {
  const [first, second] = path.map(String);
  const isSetting = (name: string): name is keyof typeof ALLOWED => Object.hasOwn(ALLOWED, name);
  const nested = `${first}.${second}`;
  if (isSetting(nested)) return nested;
  return first !== undefined && isSetting(first) ? first : undefined;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}

function sameRegion(arn: string, instanceArn: string): boolean {
  return arnIn(arn)?.region === arnIn(instanceArn)?.region;
}
