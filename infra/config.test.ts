import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_LANGUAGES } from '../flows/texts.ts';
import config from '../voicemail.config.ts';
import { homeOf } from './arns.ts';
import { ConfigError, parseConfig } from './config.ts';

test('the settings in the repository are those of the simulated instance', () => {
  assert.deepEqual(homeOf(config.instanceArn), {
    partition: 'aws',
    region: 'us-east-1',
    accountId: '111122223333',
    instanceId: 'a1b2c3d4-0000-4000-8000-00000000aaaa',
  });
});

test('GovCloud is a matter of the instance ARN alone', () => {
  const govCloud = config.instanceArn.replace(
    'arn:aws:connect:us-east-1',
    'arn:aws-us-gov:connect:us-gov-west-1',
  );

  const { partition, region } = homeOf(govCloud);

  assert.deepEqual({ partition, region }, { partition: 'aws-us-gov', region: 'us-gov-west-1' });
});

/** One wrong setting each, and the line the administrator reads. */
const WRONG: readonly (readonly [change: Record<string, unknown>, line: string])[] = [
  [
    { stackName: 'my stack' },
    'stackName: got "my stack"; allowed: the name of the stack, 1 to 128 letters, digits and hyphens, a letter first; leave it out for VoicemailExpress. Did you mean \'my-stack\'?',
  ],
  [{ retentionDays: 0 }, 'retentionDays: got 0; allowed: a whole number of days, 1 to 3650'],
  [
    { linkDays: 31 },
    'linkDays: got 31; allowed: a whole number of days, 1 to retentionDays (30): a link cannot outlive its recording',
  ],
  [
    { timeZone: 'America/New_Yrok' },
    `timeZone: got "America/New_Yrok"; allowed: a region's time zone, Area/City as IANA spells it, such as 'America/New_York' or 'America/Indiana/Indianapolis', or 'UTC'; an abbreviation (EST) or an offset (+05:30) names no region. Did you mean 'America/New_York'?`,
  ],
  [
    { audioPlacement: 'by time' },
    `audioPlacement: got "by time"; allowed: 'by-time' or 'joined'. Did you mean 'by-time'?`,
  ],
  [
    { timeZone: '+05:00' },
    `timeZone: got "+05:00"; allowed: a region's time zone, Area/City as IANA spells it, such as 'America/New_York' or 'America/Indiana/Indianapolis', or 'UTC'; an abbreviation (EST) or an offset (+05:30) names no region`,
  ],
  [
    { defaultLanguage: 'english' },
    `defaultLanguage: got "english"; allowed: a language code of Amazon Transcribe such as 'en-US', or 'auto' to identify it`,
  ],
  [
    { logRetentionDays: 31 },
    'logRetentionDays: got 31; allowed: one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653',
  ],
  [
    { mediaStreams: { prefix: 'a b' } },
    'mediaStreams.prefix: got "a b"; allowed: the prefix of the video streams: 1 to 128 of A-Z a-z 0-9 . _ -',
  ],
  [{ minimumSeconds: 11 }, 'minimumSeconds: got 11; allowed: a number of seconds, 0 to 10'],
  [
    { deliveryMode: 'guided' },
    `deliveryMode: got "guided"; allowed: 'guided_task', 'task', or 'email' if email is set`,
  ],
  [
    { email: { from: 'Acme Voicemail', recording: 'link' } },
    `email.from: got "Acme Voicemail"; allowed: the sender, 'voicemail@example.com' or 'Acme Voicemail <voicemail@example.com>'`,
  ],
  [
    { email: { from: 'vm@example.com', recording: 'link', fallbackTo: ['a@example.com', 'nobody'] } },
    'email.fallbackTo: got "nobody"; allowed: a list of 1 to 50 different email addresses; leave it out for none',
  ],
  [
    { email: { from: 'vm@example.com' } },
    `email.recording: got nothing; allowed: 'link', 'attach' or 'both'`,
  ],
  [
    { email: { from: 'vm@example.com', recording: 'attach', attachLimitMb: 40 } },
    'email.attachLimitMb: got 40; allowed: a whole number of megabytes, 1 to 25',
  ],
  [{ deliverBlank: 'no' }, 'deliverBlank: got "no"; allowed: true or false. Write false without quotes.'],
  [
    { ivrRecordings: { bucket: 'acme-connect-recordings/connect' } },
    'ivrRecordings.bucket: got "acme-connect-recordings/connect"; allowed: the name of an S3 bucket: 3 to 63 lower-case letters, digits, dots and hyphens. What follows the / belongs into ivrRecordings.prefix.',
  ],
  [
    { ivrRecordings: { bucket: 'acme-connect-recordings', prefix: '*' } },
    `ivrRecordings.prefix: got "*"; allowed: what the recordings' keys begin with, such as 'connect/acme/CallRecordings/': 1 to 512 of A-Z a-z 0-9 / . _ - = + @ :, no / first`,
  ],
  [
    {
      ivrRecordings: {
        bucket: 'acme-connect-recordings',
        kmsKeyArn: 'arn:aws:kms:eu-west-2:111122223333:key/k',
      },
    },
    `ivrRecordings.kmsKeyArn: got "arn:aws:kms:eu-west-2:111122223333:key/k"; allowed: the ARN of the KMS key the recordings are encrypted with, in the instance's Region; leave it out for the key aws/s3. Its Region is eu-west-2, and that of instanceArn is us-east-1.`,
  ],
  [
    { alarmEmails: ['ops@example.com', 'nobody'] },
    'alarmEmails: got "nobody"; allowed: a list of one or more different email addresses; leave it out for none',
  ],
  [
    { flows: { maxSeconds: 1201 } },
    'flows.maxSeconds: got 1201; allowed: a whole number of seconds, 5 to 1200',
  ],
  [
    { flows: { languages: ['en-US', 'zu-ZA'], texts: { 'zu-ZA': { thanks: 'Siyabonga.' } } } },
    `flows.languages: got ["en-US","zu-ZA"]; allowed: one to nine different language codes such as 'en-US'; each with default texts (${Object.keys(DEFAULT_LANGUAGES).join(', ')}), or with all of them in flows.texts and a voice in flows.voices: zu-ZA lacks a voice, greeting, oneMoment, cannotRecord, waiting, offer, stayOnTheLine, connecting, closed, allBusy, nobodyStaffed, callAgain`,
  ],
  [
    { flows: { texts: { 'en-US': { thanks: 'That will be $5.' } } } },
    'flows.texts: got "That will be $5."; allowed: by language: any of greeting, oneMoment, thanks, cannotRecord, waiting, offer, stayOnTheLine, connecting, closed, allBusy, nobodyStaffed, callAgain; 1 to 3000 characters without $; greeting may also be { ssml: \'<speak>…</speak>\' }, of 6000 characters with its tags, or { promptArn }',
  ],
  [
    { flows: { texts: { 'en-US': { greeting: { ssml: '<speak>Smith & Sons</speak>' } } } } },
    'flows.texts: en-US greeting.ssml, line 1, column 14: "&" begins an entity in SSML. Write &amp; for the sign.',
  ],
  [
    { flows: { texts: { 'en-US': { thanks: '<speak>Thank you.</speak>' } } } },
    'flows.texts: en-US thanks has <speak> in it, which callers would hear read out. Remove it; only the greeting may be SSML.',
  ],
  [
    { flows: { texts: { 'en-US': { greeting: '<speak>Hello.</speak>' } } } },
    "flows.texts: en-US greeting has <speak> in it, which callers would hear read out. Remove it, or write { ssml: '<speak>…</speak>' }.",
  ],
  [
    { flows: { testAgentArn: `${config.instanceArn}/queue/b1b1b1b1-0000-4000-8000-00000000b001` } },
    `flows.testAgentArn: got "${config.instanceArn}/queue/b1b1b1b1-0000-4000-8000-00000000b001"; allowed: the ARN of an agent of this instance, <instanceArn>/agent/<id>; leave it out for none. This is the ARN of a queue.`,
  ],
  [
    { instanceAlias: undefined },
    'instanceAlias: got nothing; allowed: the instance alias: 1 to 45 lower-case letters, digits and hyphens, as in https://<alias>.my.connect.aws',
  ],
  [
    { fallbackQueueArn: config.fallbackQueueArn.replace('00aaaa', '00bbbb') },
    `fallbackQueueArn: got "${config.fallbackQueueArn.replace('00aaaa', '00bbbb')}"; allowed: the ARN of a queue of this instance, <instanceArn>/queue/<id>. It is of the instance ${config.instanceArn.replace('00aaaa', '00bbbb')}, and instanceArn is ${config.instanceArn}.`,
  ],
  [
    { contactRecordStreamArn: 'arn:aws:kinesis:eu-west-2:111122223333:stream/acme-ctr' },
    `contactRecordStreamArn: got "arn:aws:kinesis:eu-west-2:111122223333:stream/acme-ctr"; allowed: the ARN of the instance's contact record stream, a Kinesis data stream in the instance's account and Region, arn:aws:kinesis:<region>:<account>:stream/<name>. Its Region is eu-west-2, and that of instanceArn is us-east-1.`,
  ],
];

for (const [change, line] of WRONG) {
  test(`${Object.keys(change).join()} ${JSON.stringify(Object.values(change)[0])} is refused in words`, () => {
    assert.deepEqual(problemsOf({ ...config, ...change }), [line]);
  });
}

test('delivery by email needs to be set up', () => {
  const { email: _, ...settings } = config;

  assert.deepEqual(problemsOf({ ...settings, deliveryMode: 'email' }), [
    `deliveryMode: got "email"; allowed: 'guided_task', 'task', or 'email' if email is set`,
  ]);
});

test('all wrong settings are reported at once', () => {
  const problems = problemsOf({ ...config, retentionDays: '30', linkDays: 1.5 });

  assert.deepEqual(
    problems.map((line) => line.split(':')[0]),
    ['retentionDays', 'linkDays'],
  );
});

test('a misspelled setting is named, with the one that was meant', () => {
  assert.deepEqual(problemsOf({ ...config, retentionDay: 30 }), [
    'retentionDay is no setting; did you mean retentionDays?',
  ]);
});

test('settings that were found right are right when they are checked again', () => {
  assert.deepEqual(parseConfig(config), config);
});

function problemsOf(input: unknown): readonly string[] {
  try {
    parseConfig(input);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}
