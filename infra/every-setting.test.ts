import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { TEXT_NAMES } from '../flows/texts.ts';
import { heldKeyOf, keysOf } from '../src/domain/object-keys.ts';
import { parseConfig, type VoicemailConfig } from './config.ts';
import { ALLOWED } from './settings/allowed.ts';
import { testStack } from './stack.fixture.ts';

const instanceArn = 'arn:aws:connect:eu-west-2:444455556666:instance/e2e2e2e2-0000-4000-8000-00000000eeee';
const keyArn = (name: string) => `arn:aws:kms:eu-west-2:444455556666:key/${name}`;
const certificateArn = (name: string) => `arn:aws:acm:eu-west-2:444455556666:certificate/${name}`;
const promptArn = (number: number) => `${instanceArn}/prompt/6b6b6b6b-0000-4000-8000-00000000e00${number}`;
const queueArn = (number: number) => `${instanceArn}/queue/b1b1b1b1-0000-4000-8000-00000000e00${number}`;

/** Every setting there is, each with a value that nothing else has. */
const EVERY_SETTING: VoicemailConfig = {
  stackName: 'A-Second-One',
  instanceArn,
  contactRecordStreamArn: 'arn:aws:kinesis:eu-west-2:444455556666:stream/records',
  contactRecordStreamKmsKeyArn: keyArn('of-records'),
  audioSource: 'both',
  mediaStreams: { prefix: 'media-prefix', kmsKeyArn: keyArn('of-media') },
  ivrRecordings: { bucket: 'ivr-bucket', prefix: 'ivr-prefix/', kmsKeyArn: keyArn('of-ivr') },
  instanceAlias: 'an-alias',
  fallbackQueueArn: queueArn(1),
  defaultLanguage: 'de-DE',
  timeZone: 'Asia/Tokyo',
  retentionDays: 1234,
  retention: {
    recordings: { archiveAfterDays: 234, archiveTo: 'deep', deleteAfterDays: 'never' },
    transcripts: { archiveAfterDays: 345, archiveTo: 'instant', deleteAfterDays: 567 },
  },
  linkDays: 321,
  links: {
    host: 'own-domain',
    domainName: 'links.example.com',
    certificateArn: certificateArn('of-links'),
    alsoAt: ['function-url'],
  },
  taskDays: 87,
  transcriptDeadlineMinutes: 43,
  voicemailsPerSecond: 37,
  minimumSeconds: 2.5,
  deliverBlank: true,
  deliveryMode: 'email',
  attachRecording: true,
  customerProfiles: { domain: 'a-domain' },
  notify: { agents: 'queue' },
  email: {
    from: 'Voicemail <from@mail.example.com>',
    identity: 'example.com',
    fallbackTo: ['fallback@example.com'],
    replyTo: ['reply@example.com'],
    allowedDomains: ['example.com', '*.example.org'],
    queueTemplate: 'for_queues',
    agentTemplate: 'for_agents',
    recording: 'attach',
    attachLimitMb: 23,
  },
  audioPlacement: 'joined',
  monitoring: 'full',
  kmsKeyArn: keyArn('of-our-own'),
  permissionsBoundaryArn: 'arn:aws:iam::444455556666:policy/the-boundary',
  bootstrap: {
    qualifier: 'the-mark',
    deployRoleArn: 'arn:aws:iam::444455556666:role/the-deployer',
    publishingRoleArn: 'arn:aws:iam::444455556666:role/the-publisher',
    cloudFormationRoleArn: 'arn:aws:iam::444455556666:role/the-maker',
    assetsBucket: 'the-assets',
  },
  tags: { 'cost-center': 'the-tag' },
  canary: { queueArn: queueArn(1), everyHours: 7 },
  testQueue: 'a queue for tests',
  alarmEmails: ['alarms@example.com'],
  logRetentionDays: 545,
  logLevel: 'error',
  flows: {
    languages: ['fr-CA'],
    maxSeconds: 78,
    texts: { 'fr-CA': Object.fromEntries(TEXT_NAMES.map((name) => [name, `Texte ${name}.`])) },
    voices: { 'fr-CA': { name: 'Gabrielle', engine: 'Neural' } },
    tonePromptArn: promptArn(1),
    holdMusicPromptArn: promptArn(2),
    offerEverySeconds: 97,
    entryQueueArn: queueArn(2),
    testAgentArn: `${instanceArn}/agent/d4d4d4d4-0000-4000-8000-00000000e001`,
  },
};

/** By setting: what of it is in the template, in flows too. */
const SHOWS_AS: Readonly<Record<string, readonly string[]>> = {
  stackName: ['"AlarmName":"A-Second-One: sweep is failing"', '"DashboardName":"A-Second-One"'],
  instanceArn: [`"INSTANCE_ARN":"${instanceArn}"`],
  contactRecordStreamArn: ['"EventSourceArn":"arn:aws:kinesis:eu-west-2:444455556666:stream/records"'],
  contactRecordStreamKmsKeyArn: [keyArn('of-records')],
  audioSource: ['"AUDIO_SOURCE":"both"', '"Identifier":"Record instead"', '"MediaStreamingState":"Enabled"'],
  'mediaStreams.prefix': ['stream/media-prefix-connect-'],
  'mediaStreams.kmsKeyArn': [keyArn('of-media')],
  'ivrRecordings.bucket': ['"IVR_RECORDINGS_BUCKET":"ivr-bucket"', 'arn:aws:s3:::ivr-bucket'],
  'ivrRecordings.prefix': ['"IVR_RECORDINGS_PREFIX":"ivr-prefix/"', 'ivr-bucket/ivr-prefix/*'],
  'ivrRecordings.kmsKeyArn': [keyArn('of-ivr')],
  instanceAlias: ['-connect-an-alias-contact-'],
  fallbackQueueArn: [`"FALLBACK_QUEUE_ARN":"${queueArn(1)}"`],
  defaultLanguage: ['"DEFAULT_LANGUAGE":"de-DE"'],
  timeZone: ['"TIME_ZONE":"Asia/Tokyo"'],
  retentionDays: ['"ExpirationInDays":1234'],
  'retention.recordings.archiveAfterDays': ['"TransitionInDays":234'],
  'retention.recordings.archiveTo': ['"StorageClass":"DEEP_ARCHIVE"'],
  'retention.recordings.deleteAfterDays': ['"RETENTION_DAYS":"never"'],
  'retention.transcripts.archiveAfterDays': ['"TransitionInDays":345'],
  'retention.transcripts.archiveTo': ['"StorageClass":"GLACIER_IR"'],
  'retention.transcripts.deleteAfterDays': ['"ExpirationInDays":567', '"TRANSCRIPT_DAYS":"567"'],
  linkDays: ['"LINK_DAYS":"321"'],
  'links.host': ['"LINK_BASE_URL":"https://links.example.com/"', 'AWS::ApiGatewayV2::Api'],
  'links.domainName': ['"DomainName":"links.example.com"'],
  'links.certificateArn': [certificateArn('of-links')],
  'links.alsoAt': ['AWS::Lambda::Url'],
  taskDays: ['"TASK_DAYS":"87"'],
  transcriptDeadlineMinutes: ['"TRANSCRIPT_DEADLINE_MINUTES":"43"'],
  // Of deliveries, of recordings that are saved, and of jobs that are started.
  voicemailsPerSecond: ['"MaximumConcurrency":37', '"MaximumConcurrency":74', '"MaximumConcurrency":8'],
  minimumSeconds: ['"MINIMUM_SECONDS":"2.5"'],
  deliverBlank: ['"DELIVER_BLANK":"true"'],
  deliveryMode: ['"DEFAULT_MODE":"email"'],
  attachRecording: ['"ATTACH_RECORDING":"true"'],
  'customerProfiles.domain': [
    '"PROFILES_DOMAIN":"a-domain"',
    '"Action":"profile:SearchProfiles","Effect":"Allow","Resource":"arn:aws:profile:eu-west-2:444455556666:domains/a-domain"',
  ],
  'notify.agents': ['"NOTIFY_AGENTS":"queue"', '"connect:CreateNotification"', 'SearchRoutingProfiles'],
  'email.from': ['"EMAIL_FROM":"Voicemail <from@mail.example.com>"'],
  'email.identity': [':identity/example.com"'],
  'email.fallbackTo': ['"EMAIL_FALLBACK_TO":"fallback@example.com"'],
  'email.replyTo': ['"EMAIL_REPLY_TO":"reply@example.com"'],
  'email.allowedDomains': ['"EMAIL_ALLOWED_DOMAINS":"example.com,*.example.org"'],
  'email.queueTemplate': ['"EMAIL_QUEUE_TEMPLATE":"for_queues"'],
  'email.agentTemplate': ['"EMAIL_AGENT_TEMPLATE":"for_agents"'],
  'email.recording': ['"EMAIL_RECORDING":"attach"'],
  'email.attachLimitMb': ['"EMAIL_ATTACH_LIMIT_MB":"23"'],
  audioPlacement: ['"AUDIO_PLACEMENT":"joined"'],
  monitoring: ['"VMX_METRICS":"full"', '"DashboardName":"A-Second-One"'],
  permissionsBoundaryArn: ['"PermissionsBoundary":"arn:aws:iam::444455556666:policy/the-boundary"'],
  'bootstrap.qualifier': ['/cdk-bootstrap/the-mark/version'],
  'bootstrap.deployRoleArn': ['role/the-deployer'],
  'bootstrap.publishingRoleArn': ['role/the-publisher'],
  'bootstrap.cloudFormationRoleArn': ['role/the-maker'],
  'bootstrap.assetsBucket': ['"S3Bucket":"the-assets"'],
  tags: ['{"Key":"cost-center","Value":"the-tag"}'],
  kmsKeyArn: [
    `"KMSMasterKeyID":"${keyArn('of-our-own')}"`,
    `"KmsMasterKeyId":"${keyArn('of-our-own')}"`,
    `"KMSMasterKeyId":"${keyArn('of-our-own')}"`,
    `"KmsKeyId":"${keyArn('of-our-own')}"`,
    `"TRANSCRIPTS_KEY_ARN":"${keyArn('of-our-own')}"`,
  ],
  'canary.queueArn': [`"CANARY_QUEUE_ARN":"${queueArn(1)}"`],
  'canary.everyHours': ['"ScheduleExpression":"rate(7 hours)"'],
  alarmEmails: ['"Endpoint":"alarms@example.com"'],
  logRetentionDays: ['"RetentionInDays":545'],
  logLevel: ['"VMX_LOG_LEVEL":"error"', '"SystemLogLevel":"WARN"'],
  'flows.languages': ['"vmx3_lang":"fr-CA"', '"SPOKEN_LANGUAGES":"fr-CA"', '"FIRST_LANGUAGE":"fr-CA"'],
  // What is left of it before the warning.
  'flows.maxSeconds': ['"InputTimeLimitSeconds":"67"'],
  'flows.texts': TEXT_NAMES.map((name) => `Texte ${name}.`),
  'flows.voices': ['Gabrielle'],
  'flows.tonePromptArn': [promptArn(1)],
  'flows.holdMusicPromptArn': [promptArn(2)],
  'flows.offerEverySeconds': ['"InterruptFrequencySeconds":"97"'],
  'flows.entryQueueArn': [queueArn(2)],
  'flows.testAgentArn': ['d4d4d4d4-0000-4000-8000-00000000e001'],
};

const stack = testStack(parseConfig(EVERY_SETTING));
before(() => void stack.app.synth());
after(() => stack.remove());

test('every setting changes what is deployed', () => {
  const template = JSON.stringify(JSON.parse(stack.text()));
  // Flows are JSON within JSON.
  const text = `${template}${template.replaceAll(String.raw`\"`, '"')}${stack.manifest()}${stack.assets()}`;

  const parts = Object.entries(SHOWS_AS).flatMap(([setting, shown]) => shown.map((part) => [setting, part]));
  assert.deepEqual(
    parts.filter(([, part = '']) => !text.includes(part)),
    [],
  );
});

/** What `vmx` alone goes by. */
const OF_COMMANDS = ['testQueue'];

test('there is no setting but those that change what is deployed', () => {
  const known = Object.keys(ALLOWED);
  const single = known.filter((name) => !known.some((other) => other.startsWith(`${name}.`)));

  assert.deepEqual(single.toSorted(), [...Object.keys(SHOWS_AS), ...OF_COMMANDS].toSorted());
});

test('a key of one’s own may be used by the function that reads what it encrypts, and by no other', () => {
  const users = [keyArn('of-records'), keyArn('of-media'), keyArn('of-ivr')].map((key) =>
    stack
      .resourcesOf('AWS::IAM::Policy')
      .filter((policy) => JSON.stringify(policy).includes(key))
      .map(({ Metadata }) => Metadata['aws:cdk:path']?.split('/')[1]),
  );

  assert.deepEqual(users, [['contact-records'], ['save-recording'], ['save-recording']]);
});

const Rules = z.object({
  Rules: z.array(
    z.object({
      Prefix: z.string().default(''),
      ExpirationInDays: z.number().optional(),
      Transitions: z.array(z.object({ TransitionInDays: z.number() })).default([]),
    }),
  ),
});

/** The days until an object of a bucket is archived or deleted by its age. */
function daysOf(bucket: string, key: string): readonly number[] {
  const [found] = stack.resourcesOf('AWS::S3::Bucket').filter(({ id }) => id.startsWith(bucket));
  return Rules.parse(found?.Properties['LifecycleConfiguration']).Rules.flatMap(
    ({ Prefix, ExpirationInDays, Transitions }) => {
      if (!key.startsWith(Prefix)) return [];
      const archived = Transitions.map(({ TransitionInDays }) => TransitionInDays);
      return [...archived, ...(ExpirationInDays === undefined ? [] : [ExpirationInDays])];
    },
  );
}

test('recordings, transcripts and what could not be read are each kept for their own time', () => {
  const { recordingKey, transcriptKey } = keysOf({ contactId: 'a-contact', calledAtMs: 0 });

  assert.deepEqual(daysOf('recordings', recordingKey), [234]);
  assert.deepEqual(daysOf('transcripts', transcriptKey), [345, 567]);
  assert.deepEqual(daysOf('failures', 'malformed-records/1'), [1234]);
});

test('what is held is neither archived nor deleted by its age', () => {
  const { recordingKey, transcriptKey } = keysOf({ contactId: 'a-contact', calledAtMs: 0 });

  assert.deepEqual(daysOf('recordings', heldKeyOf(recordingKey)), []);
  assert.deepEqual(daysOf('transcripts', heldKeyOf(transcriptKey)), []);
});
