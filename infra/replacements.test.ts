import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullDiff } from '@aws-cdk/cloudformation-diff';
import sample from '../voicemail.config.ts';
import { parseConfig, type VoicemailConfig } from './config.ts';
import { testStack } from './stack.fixture.ts';

const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/5e5e5e5e-0000-4000-8000-00000000e001';
const inInstance = (rest: string) => `${sample.instanceArn}/${rest}`;
const { alarmEmails: _, ...withoutAlarms } = sample;
const { email: __, ...withoutEmail } = sample;

/** By setting: other values of it. `instanceArn` and `stackName` are left out: they make another stack. */
const CHANGED: Readonly<
  Record<Exclude<keyof VoicemailConfig, 'instanceArn' | 'stackName'>, VoicemailConfig>
> = {
  contactRecordStreamArn: { ...sample, contactRecordStreamArn: `${sample.contactRecordStreamArn}-2` },
  contactRecordStreamKmsKeyArn: { ...sample, contactRecordStreamKmsKeyArn: keyArn },
  audioSource: { ...sample, audioSource: 'ivr', ivrRecordings: { bucket: 'acme-recordings' } },
  mediaStreams: { ...sample, mediaStreams: { prefix: 'other', kmsKeyArn: keyArn } },
  ivrRecordings: { ...sample, ivrRecordings: { bucket: 'acme-recordings', prefix: 'calls/' } },
  instanceAlias: { ...sample, instanceAlias: 'globex' },
  fallbackQueueArn: { ...sample, fallbackQueueArn: inInstance('queue/b1b1b1b1-0000-4000-8000-00000000b002') },
  defaultLanguage: { ...sample, defaultLanguage: 'de-DE' },
  timeZone: { ...sample, timeZone: 'Asia/Tokyo' },
  retentionDays: { ...sample, retentionDays: 60 },
  retention: {
    ...sample,
    retention: { recordings: { archiveAfterDays: 40, archiveTo: 'deep', deleteAfterDays: 'never' } },
  },
  linkDays: { ...sample, linkDays: 3 },
  links: { ...sample, links: { host: 'api-gateway' } },
  taskDays: { ...sample, taskDays: 3 },
  transcriptDeadlineMinutes: { ...sample, transcriptDeadlineMinutes: 5 },
  voicemailsPerSecond: { ...sample, voicemailsPerSecond: 12 },
  minimumSeconds: { ...sample, minimumSeconds: 2 },
  deliverBlank: { ...sample, deliverBlank: true },
  deliveryMode: { ...sample, deliveryMode: 'task' },
  attachRecording: { ...sample, attachRecording: true },
  customerProfiles: { ...sample, customerProfiles: { domain: 'acme' } },
  notify: { ...sample, notify: { agents: 'queue' } },
  email: withoutEmail,
  audioPlacement: { ...sample, audioPlacement: 'joined' },
  monitoring: { ...sample, monitoring: 'full' },
  permissionsBoundaryArn: {
    ...sample,
    permissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/boundary',
  },
  bootstrap: { ...sample, bootstrap: { qualifier: 'acme' } },
  tags: { ...sample, tags: { owner: 'operations' } },
  kmsKeyArn: { ...sample, kmsKeyArn: keyArn },
  canary: {
    ...sample,
    canary: { queueArn: inInstance('queue/b1b1b1b1-0000-4000-8000-00000000b002'), everyHours: 6 },
  },
  testQueue: { ...sample, testQueue: 'Voicemail test' },
  alarmEmails: withoutAlarms,
  logLevel: { ...sample, logLevel: 'debug' },
  logRetentionDays: { ...sample, logRetentionDays: 30 },
  flows: {
    ...sample,
    flows: {
      languages: ['es-US'],
      maxSeconds: 30,
      entryQueueArn: inInstance('queue/b1b1b1b1-0000-4000-8000-00000000b002'),
      offerEverySeconds: 97,
    },
  },
};

/** What docs/deploy.md says is replaced or deleted, by type. Settings that are not here change resources in their place. */
const NOT_IN_PLACE: Readonly<Record<string, readonly string[]>> = {
  contactRecordStreamArn: ['AWS::Lambda::EventSourceMapping'],
  email: ['AWS::Events::Rule', 'AWS::SES::ConfigurationSet', 'AWS::SES::ConfigurationSetEventDestination'],
  links: ['AWS::Lambda::Permission', 'AWS::Lambda::Url'],
  monitoring: ['AWS::CloudWatch::Alarm'],
  alarmEmails: ['AWS::SNS::Subscription', 'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy'],
};

function templateOf(config: VoicemailConfig): Record<string, unknown> {
  const stack = testStack(parseConfig(config));
  stack.app.synth();
  const template = JSON.parse(stack.text());
  stack.remove();
  return template;
}

const before = templateOf(sample);

for (const [setting, config] of Object.entries(CHANGED)) {
  test(`a change of ${setting} replaces and deletes what the page on deployment says`, () => {
    const types = new Set<string>();
    fullDiff(before, templateOf(config)).resources.forEachDifference((_id, change) => {
      if (['WILL_REPLACE', 'MAY_REPLACE', 'WILL_DESTROY', 'WILL_ORPHAN'].includes(change.changeImpact)) {
        types.add(change.newResourceType ?? change.oldResourceType ?? 'unknown');
      }
    });

    assert.deepEqual([...types].toSorted(), NOT_IN_PLACE[setting] ?? []);
  });
}
