import type { VoicemailConfig } from '../../infra/config.ts';
import { CONFIG_MODULE } from '../../infra/installation.ts';

/** What is said above a setting, and what stands there commented out where it is not set. */
interface About {
  readonly words: string;
  /** As TypeScript. Absent: a setting that is always there. */
  readonly example?: string;
}

/** Every setting, in the order in which an administrator reads them. A new one is a compile error here. */
const ABOUT: Readonly<Record<keyof VoicemailConfig, About>> = {
  stackName: {
    words: 'The name of the stack. A second deployment in this account and Region needs another one.',
    example: "'VoicemailExpress'",
  },
  instanceArn: { words: 'The Amazon Connect instance. The stack is deployed to its account and Region.' },
  instanceAlias: {
    words: 'The first part of https://<alias>.my.connect.aws; video streams are named after it.',
  },
  contactRecordStreamArn: {
    words: 'The Kinesis data stream that "Data streaming" of the instance sends contact records to.',
  },
  contactRecordStreamKmsKeyArn: {
    words: 'The KMS key of that stream, if it is encrypted.',
    example: "'arn:aws:kms:<region>:<account>:key/<id>'",
  },
  audioSource: {
    words: "What the flows record with: 'stream', 'ivr' (call recordings), or 'both'. See docs/recording.md.",
    example: "'stream'",
  },
  mediaStreams: {
    words: '"Live media streaming" of the instance: its prefix, and kmsKeyArn if the key is your own.',
    example: "{ prefix: 'voicemail' }",
  },
  ivrRecordings: {
    words: 'Where "Call recordings" are kept, where messages are recorded as automated interactions.',
    example: "{ bucket: 'your-bucket', prefix: 'connect/your-alias/CallRecordings/' }",
  },
  fallbackQueueArn: { words: 'The queue for a voicemail whose own queue or agent is not found.' },
  defaultLanguage: {
    words: "What callers speak, as Amazon Transcribe codes it; 'auto' identifies it. See docs/languages.md.",
  },
  timeZone: { words: 'The time zone of the times that agents read, where hours of operation have none.' },
  retentionDays: { words: 'Days until recordings, transcripts and the entries of the ledger are deleted.' },
  retention: {
    words: 'How long recordings and transcripts are kept, if not for retentionDays. See docs/retention.md.',
    example: "{ recordings: { archiveAfterDays: 90, archiveTo: 'instant', deleteAfterDays: 'never' } }",
  },
  linkDays: { words: 'Days for which the link to a recording works; at most retentionDays.' },
  links: {
    words: "Where links lead: 'function-url', 'api-gateway', 'own-domain' or 'none'. See docs/settings.md.",
    example: "{ host: 'function-url' }",
  },
  taskDays: {
    words: 'Days after which a task ends that nobody completed; then it comes back once. At most 90.',
    example: '29',
  },
  transcriptDeadlineMinutes: {
    words: 'Minutes to wait for a transcript; then the voicemail goes without one.',
  },
  voicemailsPerSecond: {
    words: 'Voicemails a second that are worked on at most; raise the quotas first. See docs/scale.md.',
    example: '2',
  },
  minimumSeconds: { words: 'A shorter message, in seconds, is blank. Silence is blank as well.' },
  deliverBlank: { words: 'Whether blank messages are delivered, with a note.' },
  deliveryMode: {
    words: "How a voicemail is delivered whose flow did not say: 'guided_task', 'task' or 'email'.",
    example: "'guided_task'",
  },
  attachRecording: {
    words: 'Whether tasks have the recording attached, a copy of it in Amazon Connect. See docs/delivery.md.',
    example: 'true',
  },
  customerProfiles: {
    words: 'The domain of Customer Profiles that is asked for the name of who has a number.',
    example: "{ domain: 'your-domain' }",
  },
  notify: {
    words: "Who gets a notification in the workspace: 'agent' (whom it is for) or 'queue' (its agents too).",
    example: "{ agents: 'queue' }",
  },
  email: {
    words: 'Delivery by email through Amazon SES, where `from` must be verified. See docs/delivery-email.md.',
    example: "{ from: 'Voicemail <voicemail@your-domain>', recording: 'link' }",
  },
  audioPlacement: {
    words: "'by-time' keeps pauses and drops repetitions; 'joined' takes the audio as it comes.",
    example: "'by-time'",
  },
  monitoring: {
    words: "'full' has an alarm for each cause, and a dashboard; it costs about $12 a month more.",
    example: "'full'",
  },
  kmsKeyArn: {
    words: 'A KMS key of your own for all that the stack keeps. Its policy comes first: see docs/keys.md.',
    example: "'arn:aws:kms:<region>:<account>:key/<id>'",
  },
  permissionsBoundaryArn: {
    words:
      'The policy that every role must have as its permissions boundary, if your organization asks for one.',
    example: "'arn:aws:iam::<account>:policy/<name>'",
  },
  bootstrap: {
    words: 'The qualifier of cdk bootstrap, or roles of your own to deploy with. See docs/deploy.md.',
    example: "{ qualifier: 'acme', cloudFormationRoleArn: 'arn:aws:iam::<account>:role/<name>' }",
  },
  tags: {
    words: 'Tags for every resource that can have some. See docs/deploy.md for those that cannot.',
    example: "{ 'cost-center': '4711' }",
  },
  logLevel: {
    words: "What the functions log at least: 'debug', 'info', 'warn' or 'error'. See docs/operations.md.",
    example: "'debug'",
  },
  logRetentionDays: { words: 'Days for which the logs of the functions are kept.' },
  canary: {
    words: 'A test voicemail every so many hours, with an alarm. Each one costs: see docs/operations.md.',
    example: "{ queueArn: '<instanceArn>/queue/<id>', everyHours: 6 }",
  },
  testQueue: {
    words:
      'The name of a queue for test voicemails: vmx deploy and vmx upgrade end with one. See docs/commands.md.',
    example: "'Voicemail test'",
  },
  alarmEmails: {
    words: 'Whom alarms are mailed to. Each address gets a mail from AWS and must confirm it.',
    example: "['operations@your-domain']",
  },
  flows: {
    words: 'What callers hear and how long they may speak. See docs/flows.md for every setting.',
    example: "{ languages: ['en-US'], maxSeconds: 120 }",
  },
};

/** A settings file for `deployments/`, with a comment above each setting. */
export function settingsText(config: VoicemailConfig, { madeFor }: { readonly madeFor: string }): string {
  const lines = namesOf(ABOUT).flatMap((name) => settingLines(name, ABOUT[name], config[name]));
  return [
    `import { defineConfig } from '${CONFIG_MODULE}';`,
    '',
    '/**',
    ` * The settings of one deployment of Voicemail Express: ${madeFor}.`,
    ' * A wrong value is refused with its name and what is allowed. "npx vmx doctor" holds them against the account.',
    ' */',
    'export default defineConfig({',
    ...lines.map((line) => `  ${line}`),
    '});',
    '',
  ].join('\n');
}

function namesOf<Name extends string>(record: Readonly<Record<Name, unknown>>): readonly Name[] {
  return Object.keys(record).filter((name): name is Name => Object.hasOwn(record, name));
}

function settingLines(name: string, { words, example }: About, value: unknown): readonly string[] {
  const comment = `// ${words}`;
  if (value !== undefined) return [comment, `${name}: ${literal(value)},`];
  return example === undefined ? [] : [comment, `// ${name}: ${example},`];
}

/** A value as TypeScript. Strings are in single quotes. */
function literal(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{ ${members.map(([name, member]) => `${keyOf(name)}: ${literal(member)}`).join(', ')} }`;
}

function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

/** JSON's escapes are TypeScript's; only the quotes differ. */
function quoted(text: string): string {
  const inside = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`);
  return `'${inside}'`;
}
