import assert from 'node:assert/strict';
import { test } from 'node:test';
import written from '../../voicemail.config.ts';
import { settingWarnings } from '../config-warnings.ts';
import { ConfigError, parseConfig } from '../config.ts';

const { instanceArn } = written;
const OTHER_INSTANCE = instanceArn.replace('00aaaa', '00bbbb');
const QUEUE_ID = 'b1b1b1b1-0000-4000-8000-00000000b001';
const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const key = (region: string, account = '111122223333') => `arn:aws:kms:${region}:${account}:key/${KEY_ID}`;
const stream = (region: string, account = '111122223333', partition = 'aws') =>
  `arn:${partition}:kinesis:${region}:${account}:stream/acme-ctr`;
const ivr = (change: Record<string, unknown>) => ({
  ivrRecordings: { bucket: 'acme-recordings', ...change },
});
const email = (change: Record<string, unknown>) => ({
  email: { from: 'Acme <vm@mail.acme.example>', recording: 'link', ...change },
});
const ownMail = (change: Record<string, unknown>) => email({ allowedDomains: ['acme.example'], ...change });
const flows = (change: Record<string, unknown>) => ({ flows: change });

/** All ARNs of the sample, elsewhere. */
function movedTo(partition: string, region: string): Record<string, unknown> {
  const moved = JSON.stringify(written)
    .replaceAll('arn:aws:', `arn:${partition}:`)
    .replaceAll('us-east-1', region);
  return JSON.parse(moved);
}

const CERTIFICATE_ID = '0d1e2f30-0000-4000-8000-00000000c001';
const certificate = (region: string, account = '111122223333') =>
  `arn:aws:acm:${region}:${account}:certificate/${CERTIFICATE_ID}`;
const kept = (recordings: Record<string, unknown>) => ({ retention: { recordings } });
const links = (change: Record<string, unknown>) => ({ links: change });
const ownDomain = (change: Record<string, unknown> = {}) =>
  links({
    host: 'own-domain',
    domainName: 'voicemail.acme.example',
    certificateArn: certificate('us-east-1'),
    ...change,
  });

type Row = readonly [change: Record<string, unknown>, expected: RegExp];

/** What an administrator may write that cannot be deployed, and words of the line that says so. */
const REFUSED: readonly Row[] = [
  // The instance.
  [
    { instanceArn: 'a1b2c3d4-0000-4000-8000-00000000aaaa' },
    /^instanceArn: got "a1b2.*This is the id, with which the ARN ends/,
  ],
  [{ instanceArn: 'https://acme.my.connect.aws' }, /This is the address; the console shows the ARN/],
  [
    { instanceArn: `${instanceArn}/queue/${QUEUE_ID}` },
    /Did you mean 'arn:aws:connect:us-east-1:111122223333:instance\/[0-9a-f-]{36}'\?$/,
  ],
  [{ instanceArn: `${instanceArn}/` }, /Did you mean 'arn:.*aaaa'\?$/],
  [
    { instanceArn: instanceArn.toUpperCase().replace('ARN:AWS:CONNECT', 'arn:aws:connect') },
    /Did you mean 'arn:aws:connect:us-east-1:/,
  ],
  [
    { instanceArn: instanceArn.replace('111122223333', '1111-2222-3333') },
    /Did you mean 'arn:aws:connect:us-east-1:111122223333:/,
  ],
  [
    { instanceArn: instanceArn.replace('us-east-1', '') },
    /^instanceArn: got .*allowed: the ARN of an Amazon Connect instance/,
  ],
  [{ instanceArn: null }, /^instanceArn: got null;.*Leave the setting out instead of null/],
  [
    movedTo('aws', 'us-esat-1'),
    /"us-esat-1" is no Region; Amazon Connect is in us-east-1, .* Did you mean us-east-1\?$/,
  ],
  [movedTo('aws', 'eu-west2'), /Did you mean eu-west-2\?$/],
  [movedTo('aws', 'us-east-1a'), /"us-east-1a" is no Region.*Did you mean us-east-1\?$/],
  [movedTo('aws', 'virginia'), /"virginia" is no Region; Amazon Connect is in .*us-gov-west-1\.$/],
  [movedTo('aws-us-gov', 'us-gov-west-11'), /"us-gov-west-11" is no Region.*Did you mean us-gov-west-1\?$/],
  [
    movedTo('aws-us-gov', 'us-east-1'),
    /The partition is "aws-us-gov", and Region us-east-1 is in partition "aws"/,
  ],
  [
    movedTo('aws', 'us-gov-west-1'),
    /The partition is "aws", and Region us-gov-west-1 is in partition "aws-us-gov": write arn:aws-us-gov:/,
  ],
  [movedTo('aws-cn', 'cn-north-1'), /^instanceArn: .*Amazon Connect is not in China\.$/],
  [{ instanceAlias: 'Acme' }, /^instanceAlias: got "Acme".*Did you mean 'acme'\?$/],
  [{ instanceAlias: 'acme.my.connect.aws' }, /Did you mean 'acme'\?$/],
  [{ instanceAlias: 'https://Acme.my.connect.aws/ccp-v2/' }, /Did you mean 'acme'\?$/],
  [{ instanceAlias: 'https://acme.awsapps.com/connect/login' }, /Did you mean 'acme'\?$/],
  [{ instanceAlias: 'd-9067abcdef' }, /This is the id of a directory/],
  [{ instanceAlias: 'acme_west' }, /^instanceAlias: got "acme_west"; allowed: .*letters, digits and hyphens/],
  [
    { instanceAlias: 'acme ' },
    /^instanceAlias: got "acme " with a blank at its end or beginning; write "acme"$/,
  ],
  [
    { instanceAlias: 'ac\u200Bme' },
    /^instanceAlias: got .* with a character that cannot be seen; write "acme"$/,
  ],
  // The links.
  [links({ host: 'cloudfront' }), /^links\.host: got "cloudfront"; allowed: 'function-url', 'api-gateway', /],
  [links({ host: 'api_gateway' }), /Did you mean 'api-gateway'\?$/],
  [links({}), /^links\.host: got nothing; allowed/],
  [
    links({ host: 'api-gateway', domain: 'a.example' }),
    /^links\.domain is no setting; did you mean links\.domainName\?$/,
  ],
  [{ links: 'none' }, /^links: got "none"; allowed: { host, domainName\?/],
  [
    links({ host: 'own-domain', certificateArn: certificate('us-east-1') }),
    /^links\.domainName: got nothing; .* links\.host is 'own-domain'\.$/,
  ],
  [
    links({ host: 'own-domain', domainName: 'voicemail.acme.example' }),
    /^links\.certificateArn: got nothing; .* links\.host is 'own-domain'\.$/,
  ],
  [
    links({ host: 'api-gateway', domainName: 'voicemail.acme.example' }),
    /^links\.domainName: got "voicemail\.acme\.example"; .* links\.host is 'api-gateway'\.$/,
  ],
  [
    ownDomain({ domainName: 'https://Voicemail.acme.example/r/' }),
    /Did you mean 'voicemail\.acme\.example'\?$/,
  ],
  [
    ownDomain({ domainName: 'voicemail' }),
    /^links\.domainName: got "voicemail"; allowed: with host 'own-domain'/,
  ],
  [ownDomain({ domainName: '*.acme.example' }), /^links\.domainName: got "\*\.acme\.example"; allowed/],
  [
    ownDomain({ certificateArn: certificate('eu-west-2') }),
    /^links\.certificateArn: .*Its Region is eu-west-2, and that of instanceArn is us-east-1\.$/,
  ],
  [
    ownDomain({ certificateArn: certificate('us-east-1', '444455556666') }),
    /Its account is 444455556666, and that of instanceArn is 111122223333\.$/,
  ],
  [ownDomain({ certificateArn: CERTIFICATE_ID }), /This is the certificate's id, with which its ARN ends/],
  [
    ownDomain({ certificateArn: 'arn:aws:iam::111122223333:server-certificate/acme' }),
    /This is a certificate of IAM: import it into AWS Certificate Manager\.$/,
  ],
  [
    links({ host: 'function-url', alsoAt: ['function-url'] }),
    /^links\.alsoAt: .* It is links\.host, where links open/,
  ],
  [
    links({ host: 'api-gateway', alsoAt: ['function-url', 'function-url'] }),
    /^links\.alsoAt: got "function-url"; .* It is there already\.$/,
  ],
  [links({ host: 'none', alsoAt: ['own-domain'] }), /^links\.alsoAt: got "own-domain"; allowed: a list of/],
  [links({ host: 'none', alsoAt: [] }), /^links\.alsoAt: got \[\]; allowed/],
  [
    { ...links({ host: 'none' }), ...ownMail({ recording: 'attach' }), deliveryMode: 'task' },
    /^deliveryMode: got "task"; .* a task without a guide has nothing but the link .*: write 'guided_task', or set attachRecording\.$/,
  ],
  [{ ...links({ host: 'none' }), ...email({}) }, /^email\.recording: got "link"; .* write 'attach'\.$/],
  // What comes with a delivery.
  [{ attachRecording: 'yes' }, /^attachRecording: got "yes"; allowed: true or false\. Write true without/],
  [{ customerProfiles: {} }, /^customerProfiles\.domain: got nothing; allowed: the name of the instance's/],
  [
    { customerProfiles: { domain: 'acme profiles' } },
    /^customerProfiles\.domain: got "acme profiles"; allowed: .* hyphens and underscores$/,
  ],
  [
    { customerProfiles: { domain: 'arn:aws:profile:us-east-1:111122223333:domains/acme' } },
    /^customerProfiles\.domain: .* Did you mean 'acme'\?$/,
  ],
  [{ customerProfiles: 'acme' }, /^customerProfiles: got "acme"; allowed: { domain }/],
  [
    { customerProfile: { domain: 'acme' } },
    /^customerProfile is no setting; did you mean customerProfiles\?$/,
  ],
  [
    { ...movedTo('aws-us-gov', 'us-gov-west-1'), customerProfiles: { domain: 'acme' } },
    /^customerProfiles: .* read in November 2026, us-gov-west-1 does not have Customer Profiles\.$/,
  ],
  [{ notify: { agents: 'all' } }, /^notify\.agents: got "all"; allowed: 'agent' or 'queue'$/],
  [{ notify: { agents: 'Queue' } }, /^notify\.agents: .* Did you mean 'queue'\?$/],
  [{ notify: {} }, /^notify\.agents: got nothing; allowed/],
  [{ notify: true }, /^notify: got true; allowed: { agents }/],
  // The streams.
  [
    { contactRecordStreamArn: stream('eu-west-2') },
    /Its Region is eu-west-2, and that of instanceArn is us-east-1\.$/,
  ],
  [
    { contactRecordStreamArn: stream('us-east-1', '444455556666') },
    /Its account is 444455556666, and that of instanceArn is 111122223333\.$/,
  ],
  [
    { contactRecordStreamArn: stream('us-east-1', '111122223333', 'aws-us-gov') },
    /Its partition is aws-us-gov, and that of instanceArn is aws\.$/,
  ],
  [
    { contactRecordStreamArn: 'arn:aws:firehose:us-east-1:111122223333:deliverystream/acme-ctr' },
    /This is a Firehose delivery stream, which Lambda cannot read: .* choose a Kinesis data stream for contact records\.$/,
  ],
  [
    {
      contactRecordStreamArn:
        'arn:aws:kinesisvideo:us-east-1:111122223333:stream/vm-connect-acme-contact-1/1767225600000',
    },
    /This is a video stream/,
  ],
  [{ contactRecordStreamArn: 'acme-ctr' }, /This is a name; its ARN is in the Kinesis console\.$/],
  [
    { contactRecordStreamArn: `${stream('us-east-1')}/consumer/vm:1767225600` },
    /Did you mean 'arn:aws:kinesis:us-east-1:111122223333:stream\/acme-ctr'\?$/,
  ],
  [{ contactRecordStreamArn: `${stream('us-east-1')} ` }, /with a blank at its end or beginning/],
  [
    { contactRecordStreamKmsKeyArn: key('eu-west-2') },
    /^contactRecordStreamKmsKeyArn: .*Its Region is eu-west-2, and that of instanceArn is us-east-1\.$/,
  ],
  [
    { contactRecordStreamKmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:alias/acme' },
    /This is an alias; the key's own ARN/,
  ],
  [{ contactRecordStreamKmsKeyArn: KEY_ID }, /This is the key's id, with which its ARN ends/],
  [
    { contactRecordStreamKmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/…' },
    /^contactRecordStreamKmsKeyArn: got/,
  ],
  [
    { mediaStreams: { prefix: 'vm', kmsKeyArn: 'alias/aws/kinesisvideo' } },
    /^mediaStreams\.kmsKeyArn: .*leave it out for the key aws\/kinesisvideo\. This is an alias/,
  ],
  [
    { mediaStreams: { prefix: 'vm', kmsKeyArn: key('us-west-2') } },
    /^mediaStreams\.kmsKeyArn: .*Its Region is us-west-2/,
  ],
  [
    { mediaStreams: { prefix: 'vm-connect-acme-contact-' } },
    /Amazon Connect adds -connect-<alias>-contact-<id> itself\. Did you mean 'vm'\?$/,
  ],
  [{ mediaStreams: { prefix: 'vm-connect-acme' } }, /Did you mean 'vm'\?$/],
  [
    { mediaStreams: { prefix: 'vm-connect-globex-contact-1234' } },
    /It has the alias globex, and instanceAlias is acme\. Did you mean 'vm'\?$/,
  ],
  [{ mediaStreams: 'vm' }, /^mediaStreams: got "vm"; allowed: \{ prefix, kmsKeyArn\? \}/],
  [
    { mediaStreams: { prefix: 'vm', kmsKey: key('us-east-1') } },
    /^mediaStreams\.kmsKey is no setting; did you mean mediaStreams\.kmsKeyArn\?$/,
  ],
  // IVR recordings.
  [ivr({ bucket: 's3://acme-recordings' }), /^ivrRecordings\.bucket: .*Did you mean 'acme-recordings'\?$/],
  [ivr({ bucket: 'arn:aws:s3:::acme-recordings' }), /Did you mean 'acme-recordings'\?$/],
  [
    ivr({ bucket: 'acme-recordings/connect/acme' }),
    /What follows the \/ belongs into ivrRecordings\.prefix\.$/,
  ],
  [ivr({ bucket: 'Acme-Recordings' }), /Did you mean 'acme-recordings'\?$/],
  [
    ivr({ prefix: '/connect/acme/CallRecordings' }),
    /^ivrRecordings\.prefix: .*no \/ first\. Did you mean 'connect\/acme\/CallRecordings'\?$/,
  ],
  [ivr({ prefix: 's3://acme-recordings/connect/acme/' }), /Did you mean 'connect\/acme\/'\?$/],
  [ivr({ prefix: 'connect/acme/*' }), /Did you mean 'connect\/acme\/'\?$/],
  // Queues, prompts, agents.
  [{ fallbackQueueArn: QUEUE_ID }, new RegExp(`Did you mean '${instanceArn}/queue/${QUEUE_ID}'\\?$`)],
  [
    { fallbackQueueArn: `${OTHER_INSTANCE}/queue/${QUEUE_ID}` },
    new RegExp(`It is of the instance ${OTHER_INSTANCE}, and instanceArn is ${instanceArn}\\.$`),
  ],
  [
    { fallbackQueueArn: `${instanceArn}/queue/agent/${QUEUE_ID}` },
    /This is the ARN of a queue of an agent's own\.$/,
  ],
  [{ canary: { queueArn: `${OTHER_INSTANCE}/queue/${QUEUE_ID}`, everyHours: 1 } }, /^canary\.queueArn: /],
  [{ canary: { queueArn: QUEUE_ID, everyHours: 1 } }, /^canary\.queueArn: /],
  ...[0, 24, 1.5, '1'].map(
    (everyHours) =>
      [
        { canary: { queueArn: written.fallbackQueueArn, everyHours } },
        /^canary\.everyHours: .*1 to 23/,
      ] as const,
  ),
  [{ canary: { everyHours: 1 } }, /^canary\.queueArn/],
  [{ fallbackQueueArn: `${instanceArn}/contact-flow/${QUEUE_ID}` }, /This is the ARN of a contact-flow\.$/],
  [
    flows({ tonePromptArn: `${OTHER_INSTANCE}/prompt/${QUEUE_ID}` }),
    /^flows\.tonePromptArn: .*It is of the instance/,
  ],
  [
    flows({ texts: { 'en-US': { greeting: { promptArn: `${OTHER_INSTANCE}/prompt/${QUEUE_ID}` } } } }),
    /^flows\.texts: .*It is of the instance/,
  ],
  [
    flows({ testAgentArn: 'ana.ruiz' }),
    /^flows\.testAgentArn: got "ana\.ruiz"; allowed: the ARN of an agent/,
  ],
  // Numbers, true and false, words.
  [{ retentionDays: '30' }, /^retentionDays: .*Write 30 without quotes\.$/],
  [{ retentionDays: Number.NaN }, /^retentionDays: got NaN/],
  [{ linkDays: 60 }, /^linkDays: got 60; allowed: .*1 to retentionDays \(30\): a link cannot outlive/],
  [{ logRetentionDays: '90' }, /Write 90 without quotes\.$/],
  [{ transcriptDeadlineMinutes: 1800 }, /^transcriptDeadlineMinutes: got 1800; allowed: .*1 to 1440$/],
  [{ deliverBlank: 'Yes' }, /Write true without quotes\.$/],
  [{ deliveryMode: 'guided-task' }, /Did you mean 'guided_task'\?$/],
  [{ deliveryMode: 'mail' }, /^deliveryMode: got "mail"; allowed: .*Did you mean 'email'\?$/],
  [{ audioPlacement: 'bytime' }, /Did you mean 'by-time'\?$/],
  [{ monitoring: 'ful' }, /^monitoring: got "ful"; allowed: 'essential' or 'full'.*Did you mean 'full'\?$/],
  [{ stackName: 'Acme_Voicemail' }, /Did you mean 'Acme-Voicemail'\?$/],
  [{ timeZone: 'Eastern Time' }, /Did you mean 'America\/New_York'\?$/],
  [{ defaultLanguage: 'en_us' }, /Did you mean 'en-US'\?$/],
  [{ defaultLanguage: 'EN-GB' }, /Did you mean 'en-GB'\?$/],
  [{ voicemailsPerSecond: 1 }, /^voicemailsPerSecond: got 1; allowed: a whole number, 2 to 200, and no more/],
  [{ voicemailsPerSecond: '10' }, /^voicemailsPerSecond: got "10".*Write 10 without quotes\.$/],
  [{ taskDays: 91 }, /^taskDays: got 91; allowed: a whole number of days, 1 to 90/],
  [
    { taskDays: 8, retentionDays: 7, linkDays: 7 },
    /^taskDays: .*when a task ends, its recording must be there$/,
  ],
  // Retention.
  [
    kept({ archiveAfterDays: 40, archiveTo: 'deep' }),
    /^retention\.recordings\.deleteAfterDays: got nothing; allowed: .*more than archiveAfterDays, .* retentionDays is 30, and archiveAfterDays is 40: what is deleted cannot be archived\.$/,
  ],
  [
    kept({ archiveAfterDays: 40, archiveTo: 'deep', deleteAfterDays: 40 }),
    /^retention\.recordings\.deleteAfterDays: got 40; .*archiveAfterDays is 40: what is deleted/,
  ],
  [
    kept({ archiveAfterDays: 40, deleteAfterDays: 'never' }),
    /^retention\.recordings\.archiveTo: got nothing; allowed: 'instant', 'flexible' or 'deep'.*archiveAfterDays is 40\.$/,
  ],
  [
    kept({ archiveTo: 'instant' }),
    /^retention\.recordings\.archiveAfterDays: got nothing; .*archiveTo is 'instant'\.$/,
  ],
  [kept({ archiveTo: 'Deep', archiveAfterDays: 1 }), /archiveTo: got "Deep"; .*Did you mean 'deep'\?$/],
  [
    kept({ deleteAfterDays: 'forever' }),
    /^retention\.recordings\.deleteAfterDays: got "forever"; allowed: .*or 'never'/,
  ],
  [kept({ deleteAfterDays: '30' }), /deleteAfterDays: got "30"; .*Write 30 without quotes\.$/],
  [
    kept({ deleteAfter: 30 }),
    /^retention\.recordings\.deleteAfter is no setting; did you mean .*deleteAfterDays/,
  ],
  [
    { retention: { recording: {} } },
    /^retention\.recording is no setting; did you mean retention\.recordings/,
  ],
  [{ retention: 'never' }, /^retention: got "never"; allowed: \{ recordings\?, transcripts\? \}/],
  [
    { ...kept({ deleteAfterDays: 5 }), linkDays: 6 },
    /^linkDays: got 6; .*; retention\.recordings\.deleteAfterDays is 5: a link cannot outlive its recording$/,
  ],
  [
    { ...kept({ deleteAfterDays: 7 }), taskDays: 8, linkDays: 7 },
    /^taskDays: got 8; .*retention\.recordings\.deleteAfterDays is 7: when a task ends/,
  ],
  [{ logLevel: 'DEBUG' }, /^logLevel: got "DEBUG"; allowed: 'debug', .*Did you mean 'debug'\?$/],
  // Bootstrap.
  [
    { bootstrap: { qualifier: 'Acme' } },
    /^bootstrap\.qualifier: got "Acme"; allowed: .*Did you mean 'acme'\?$/,
  ],
  [
    { bootstrap: { qualifier: 'longer-than-ten' } },
    /^bootstrap\.qualifier: got "longer-than-ten"; allowed: .*1 to 10/,
  ],
  [
    { bootstrap: { cloudFormationRoleArn: 'arn:aws:iam::444455556666:role/maker' } },
    /^bootstrap\.cloudFormationRoleArn: .* Its account is 444455556666, and that of instanceArn is 111122223333\.$/,
  ],
  [
    { bootstrap: { deployRoleArn: 'arn:aws:iam::111122223333:policy/maker' } },
    /^bootstrap\.deployRoleArn: got .*policy\/maker"; allowed: the ARN of a role/,
  ],
  [{ qualifier: 'acme' }, /^qualifier is no setting; did you mean bootstrap\.qualifier\?$/],
  // Email.
  [
    email({ identity: 'globex.example' }),
    /^email\.identity: .*The sender in email\.from is vm@mail\.acme\.example, which does not belong to it\.$/,
  ],
  [email({ identity: 'il.acme.example' }), /does not belong to it/],
  [
    email({ identity: 'arn:aws:ses:us-east-1:111122223333:identity/acme.example' }),
    /Did you mean 'acme\.example'\?$/,
  ],
  [email({ identity: '@acme.example' }), /Did you mean 'acme\.example'\?$/],
  [email({ from: 'Acme Voicemail' }), /^email\.from: got "Acme Voicemail"; allowed: the sender/],
  [email({ from: 'vm@acme.example ' }), /^email\.from: got .* with a blank at its end/],
  [email({ fallbackTo: 'desk@acme.example' }), /Write a list, in brackets: \['desk@acme\.example'\]\.$/],
  [
    email({ fallbackTo: 'desk@acme.example, ana@acme.example' }),
    /in brackets: \['desk@acme\.example', 'ana@acme\.example'\]\.$/,
  ],
  [
    email({ fallbackTo: ['desk@acme.example ana@acme.example'] }),
    /^email\.fallbackTo: got .*; allowed: a list/,
  ],
  [
    email({ fallbackTo: ['desk@bücher.example', 'Desk <Desk@xn--bcher-kva.example>'] }),
    /It is there already, as "desk@xn--bcher-kva\.example"\.$/,
  ],
  [
    email({ fallbackTo: ['desk@acme.example', 'Desk@acme.example'] }),
    /It is there already, as "desk@acme\.example"\.$/,
  ],
  [
    email({ fallbackTo: ['desk@globex.example'], allowedDomains: ['acme.example'] }),
    /^email\.fallbackTo: .*Its domain is not in email\.allowedDomains, so it would get no mail\.$/,
  ],
  [email({ allowedDomains: ['@acme.example'] }), /^email\.allowedDomains: .*Did you mean 'acme\.example'\?$/],
  [email({ allowedDomains: [] }), /^email\.allowedDomains: got \[\]; allowed: a list of 1 to 50 domains/],
  [email({ replyTo: ['ana@acme.example '] }), /^email\.replyTo\.0: got "ana@acme\.example " with a blank/],
  [email({ recording: 'attached' }), /Did you mean 'attach'\?$/],
  [
    email({ queueTemplate: 'for queues' }),
    /^email\.queueTemplate: got "for queues"; allowed: the name of an email template/,
  ],
  [{ alarmEmails: ['ops@acme.example', 'ops@acme.example'] }, /^alarmEmails: .*It is there already/],
  [{ alarmEmails: [] }, /^alarmEmails: got \[\]; allowed: .*leave it out for none$/],
  [{ alarmEmails: 'ops@acme.example' }, /^alarmEmails: .*Write a list, in brackets/],
  [{ alarmEmails: undefined }, /^alarmEmails: got nothing;.*leave it out for none/],
  // Where the audio is.
  [
    { audioSource: 'strem' },
    /^audioSource: got "strem"; allowed: 'stream', 'ivr' or 'both'.*Did you mean 'stream'\?$/,
  ],
  [
    { audioSource: 'ivr' },
    /^ivrRecordings: got nothing; allowed: .* audioSource is 'ivr', so messages are in recordings there\.$/,
  ],
  [{ audioSource: 'both' }, /^ivrRecordings: got nothing; allowed: .* audioSource is 'both', so messages/],
  // Flows.
  [flows({ languages: 'en-US' }), /^flows\.languages: .*Write a list, in brackets: \['en-US'\]\.$/],
  [flows({ languages: ['en-US', 'es-US', 'en-US'] }), /^flows\.languages: .*: en-US is there twice$/],
  [flows({ languages: ['en_US'] }), /^flows\.languages: got "en_US".*Did you mean 'en-US'\?$/],
  [
    flows({ texts: { 'en-us': { thanks: 'Thank you.' } } }),
    /^flows\.texts: got "en-us".*Did you mean 'en-US'\?$/,
  ],
  [
    flows({ texts: { 'en-US': { greting: 'Hello.' } } }),
    /^flows\.texts\.en-US\.greting is no setting; did you mean flows\.texts\.en-US\.greeting\?$/,
  ],
  [flows({ voices: { 'en-US': { name: 'Joanna', engine: 'neural' } } }), /Did you mean 'Neural'\?$/],
  [flows({ maxSeconds: '60' }), /Write 60 without quotes\.$/],
  // Names of settings.
  [{ retentionDay: 30 }, /^retentionDay is no setting; did you mean retentionDays\?$/],
  [{ timezone: 'UTC' }, /^timezone is no setting; did you mean timeZone\?$/],
  [
    { region: 'us-east-1' },
    /^region is no setting; account, Region and partition are taken from instanceArn$/,
  ],
  [{ fallbackQueue: QUEUE_ID }, /^fallbackQueue is no setting; did you mean fallbackQueueArn\?$/],
  [{ alias: 'acme' }, /^alias is no setting; did you mean instanceAlias\?$/],
  [{ maxSeconds: 60 }, /^maxSeconds is no setting; did you mean flows\.maxSeconds\?$/],
  [{ permissionsBoundaryArn: 'Boundary' }, /^permissionsBoundaryArn: .*This is a name; the ARN/],
  [
    { permissionsBoundaryArn: 'arn:aws:iam::111122223333:role/Boundary' },
    /^permissionsBoundaryArn: .*This is a role; the boundary is a policy\.$/,
  ],
  [
    { permissionsBoundaryArn: 'arn:aws:iam::444455556666:policy/Boundary' },
    /^permissionsBoundaryArn: .*Its account is 444455556666, and that of instanceArn is 111122223333\.$/,
  ],
  [
    { permissionsBoundaryArn: 'arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess' },
    /^permissionsBoundaryArn: .*Its partition is aws-us-gov/,
  ],
  [{ tags: { 'aws:owner': 'me' } }, /^tags: got "aws:owner"; allowed: tags by key/],
  [{ tags: { 'AWS:owner': 'me' } }, /^tags: got "AWS:owner"/],
  [{ tags: { 'voicemail-express:part': 'ledger' } }, /^tags: got "voicemail-express:part"/],
  [{ tags: { '': 'me' } }, /^tags: got ""/],
  [{ tags: { owner: 'me & you' } }, /^tags: got "me & you"/],
  [{ tags: { owner: 'x'.repeat(257) } }, /^tags: got "x+"/],
  [{ tags: { owner: 7 } }, /^tags: got 7/],
  [{ tags: ['owner'] }, /^tags: got \["owner"\]/],
  [
    { tags: Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`tag-${index}`, ''])) },
    /^tags: got \{.*at most 40/,
  ],
  [{ kmsKeyArn: key('eu-west-2') }, /^kmsKeyArn: .*Its Region is eu-west-2/],
  [{ kmsKeyArn: 'alias/acme' }, /^kmsKeyArn: .*leave it out for keys of AWS\. This is an alias/],
  [{ kmsKeyArn: KEY_ID }, /^kmsKeyArn: .*This is the key's id/],
  [{ kmsKey: key('us-east-1') }, /^kmsKey is no setting; did you mean/],
  [flows({ timeZone: 'UTC' }), /^flows\.timeZone is no setting; did you mean timeZone\?$/],
  [flows({ beep: true }), /^flows\.beep is no setting; flows has languages, maxSeconds, /],
  [{ colour: 'blue' }, /^colour is no setting; docs\/settings\.md has them all$/],
];

for (const [change, expected] of REFUSED) {
  const entries = Object.entries(change).slice(0, 1);
  test(`refused in words: ${JSON.stringify(Object.fromEntries(entries)) ?? ''} ${expected.source.slice(0, 60)}`, () => {
    const problems = problemsOf({ ...written, ...change });

    assert.ok(problems.length >= 1);
    assert.match(problems[0] ?? '', expected);
    assert.equal(problems.length, 1, problems.join('\n'));
  });
}

test('only where messages are not streamed it may be left out where the streams are', () => {
  const { mediaStreams: _, ...without } = written;

  assert.deepEqual(problemsOf({ ...without, ...ivr({}), audioSource: 'ivr' }), []);
  for (const audioSource of ['stream', 'both']) {
    const [problem = '', ...others] = problemsOf({ ...without, ...ivr({}), audioSource });

    assert.match(
      problem,
      new RegExp(`^mediaStreams: got nothing; .*audioSource is '${audioSource}', so messages`),
    );
    assert.deepEqual(others, []);
  }
});

/** What is perhaps not meant, and may be: a warning. */
const WARNED: readonly Row[] = [
  // AWS may have added the Region since.
  [
    movedTo('aws', 'us-east-2'),
    /^instanceArn: Amazon Connect was not in Region us-east-2 in November 2026\. .* Did you mean us-east-1\?$/,
  ],
  [movedTo('aws', 'mx-central-1'), /Amazon Connect was not in Region mx-central-1/],
  [movedTo('aws-eusc', 'eusc-de-east-1'), /Amazon Connect was not in Region eusc-de-east-1/],
  [
    movedTo('aws', 'af-south-1'),
    /^audioSource: got nothing, and in af-south-1 Amazon Connect does not stream.* and ivrRecordings to where/,
  ],
  [
    { ...movedTo('aws', 'af-south-1'), ...ivr({}), audioSource: 'both' },
    /^audioSource: got 'both', .* Set 'ivr'$/,
  ],
  [{ ...movedTo('aws', 'af-south-1'), ...ivr({}) }, /^audioSource: got nothing, .* Set 'ivr'$/],
  [{ defaultLanguage: 'en-UK' }, /^defaultLanguage: "en-UK" is not a language code of Amazon Transcribe/],
];

for (const [change, expected] of WARNED) {
  test(`accepted with a warning: ${expected.source.slice(0, 80)}`, () => {
    const [warning, ...others] = settingWarnings(parseConfig({ ...written, ...change }));

    assert.match(warning ?? '', expected);
    assert.deepEqual(others, []);
  });
}

/** What looks like a mistake and is none, with the reason. */
const ACCEPTED: readonly (readonly [why: string, change: Record<string, unknown>])[] = [
  [
    'a key may be of another account, which shares it',
    { contactRecordStreamKmsKeyArn: key('us-east-1', '444455556666') },
  ],
  [
    'a key of several Regions has another kind of id',
    {
      contactRecordStreamKmsKeyArn: key('us-east-1').replace(KEY_ID, 'mrk-1234abcd12ab34cd56ef1234567890ab'),
    },
  ],
  [
    'the prefix of keys need not end with a slash, as the console does not show one',
    ivr({ prefix: 'connect/acme/CallRecordings' }),
  ],
  ['a prefix of streams may have "connect" in it', { mediaStreams: { prefix: 'my-connect-streams' } }],
  ['the domain above the sender’s may be the identity', ownMail({ identity: 'acme.example' })],
  [
    'the sender’s address may be the identity, in capitals too',
    ownMail({ identity: 'VM@mail.acme.example' }),
  ],
  [
    'one address may get answers and voicemails',
    ownMail({ fallbackTo: ['desk@acme.example'], replyTo: ['desk@acme.example'] }),
  ],
  [
    'spoken texts are trimmed, and nobody hears blanks',
    flows({ texts: { 'en-US': { thanks: 'Thank you. ' } } }),
  ],
  ['an older name of a time zone is a link to today’s', { timeZone: 'US/Eastern' }],
  ['a message may be blank only if it is empty', { minimumSeconds: 0 }],
  ['the queue of the flows may be the fallback queue', flows({ entryQueueArn: written.fallbackQueueArn })],
  ['links may end before recordings', { linkDays: 1 }],
  ['links may lead to a name of one’s own', ownDomain({ alsoAt: ['function-url', 'api-gateway'] })],
  [
    'without links a plain task may have the recording attached',
    {
      ...links({ host: 'none' }),
      ...ownMail({ recording: 'attach' }),
      deliveryMode: 'task',
      attachRecording: true,
    },
  ],
  [
    'there may be no links, with mails that have the recording',
    { ...links({ host: 'none' }), ...ownMail({ recording: 'attach' }) },
  ],
];

for (const [why, change] of ACCEPTED) {
  test(`accepted: ${why}`, () => {
    assert.deepEqual(settingWarnings(parseConfig({ ...written, ...change })), []);
  });
}

function problemsOf(input: unknown): readonly string[] {
  try {
    parseConfig(input);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}
