import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { z } from 'zod';
import { fixedResources } from '../cli/cost/model/fixed-resources.ts';
import { priced, sumOf } from '../cli/cost/model/line.ts';
import { knownPrices } from '../cli/cost/model/prices.ts';
import { resourceUses } from '../cli/cost/model/uses.ts';
import config from '../voicemail.config.ts';
import { allSettings } from '../src/config.ts';
import { stackNameOf, type VoicemailConfig } from './config.ts';
import { ACCEPTED_FINDINGS } from './accepted-findings.ts';
import { alarmsOf } from './every-alarm.ts';
import { EMAIL_ALARMS, ESSENTIAL_ALARMS, LINK_ALARMS, RETRY_ALARMS, VOICEMAIL_ALARMS } from './impact.ts';
import { identitiesOf } from './email-settings.ts';
import { deploymentsOf } from './pipeline/deployments.ts';
import { readable, testStack, type TemplateResource } from './stack.fixture.ts';
import { KEPT_PARTS, KEPT_TAGS } from './kept-tags.ts';
import { LAMBDA_RUNTIME, VERSION } from './version.ts';

const stack = testStack(config);
/** With all alarms. */
const watchedConfig: VoicemailConfig = { ...config, monitoring: 'full' };
const watched = testStack(watchedConfig);
const canaryConfig: VoicemailConfig = {
  ...config,
  canary: { queueArn: config.fallbackQueueArn, everyHours: 6 },
};
const canary = testStack(canaryConfig);

before(() => {
  stack.app.synth();
  watched.app.synth();
  canary.app.synth();
});
after(() => {
  stack.remove();
  watched.remove();
  canary.remove();
});

test('every alarm says in words who notices what', () => {
  for (const [made, alarms] of [
    [stack, alarmsOf(config)],
    [watched, alarmsOf(watchedConfig)],
    [canary, alarmsOf(canaryConfig)],
  ] as const) {
    const told = made
      .resourcesOf('AWS::CloudWatch::Alarm')
      .map(
        ({ Properties }) => `${String(Properties['AlarmName'])} | ${String(Properties['AlarmDescription'])}`,
      );
    const written = [...alarms].map(
      ([title, impact]) => `${stackNameOf(config)}: ${title} | ${title}. ${impact}`,
    );

    assert.deepEqual(told.toSorted(), written.toSorted());
  }
});

test('what stands in the stack costs at most four dollars a month before the first call, and with polled queues five', () => {
  const resources = fixedResources(JSON.parse(stack.text()));
  const { standing, polling } = resourceUses(resources);
  const prices = knownPrices('us-east-1');

  const dollars = sumOf(priced(standing, prices));
  const withPolling = dollars + sumOf(priced(polling, prices));

  assert.ok(resources.alarms > 20, 'alarms were found');
  assert.equal(resources.polledQueues, stack.resourcesOf('AWS::Lambda::EventSourceMapping').length - 1);
  assert.ok(dollars <= 4, `${dollars.toFixed(2)} dollars`);
  assert.ok(withPolling <= 5, `${withPolling.toFixed(2)} dollars`);
});

test('the stack says which version it is, and which instance it serves', () => {
  const { Outputs } = z
    .object({ Outputs: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(stack.text()));

  assert.deepEqual(Outputs['Version'], { Value: VERSION });
  assert.deepEqual(Outputs['InstanceArn'], { Value: config.instanceArn });
});

test('alarms watch only what the functions count', () => {
  const counted = readFileSync(join(import.meta.dirname, '../src/metrics.ts'), 'utf8');

  const metrics = Object.keys({
    ...ESSENTIAL_ALARMS,
    ...VOICEMAIL_ALARMS,
    ...EMAIL_ALARMS,
    ...RETRY_ALARMS,
    ...LINK_ALARMS,
  });
  for (const metric of metrics) assert.ok(counted.includes(`'${metric}'`), metric);
});

test('every function is given the settings it asks for, and no other', () => {
  for (const bundle of deploymentsOf(canaryConfig).keys()) {
    const source = readFileSync(join(import.meta.dirname, `../src/main/${bundle}.ts`), 'utf8');
    const asked = [...source.matchAll(/\b([A-Z][A-Z_]+): true/g)].map(([, name]) => name ?? '');
    const given = Object.keys(environmentOf(bundle));

    assert.deepEqual(
      asked.filter((name) => !given.includes(name) && !isOptional(name)),
      [],
      `${bundle} lacks settings`,
    );
    assert.deepEqual(
      given.filter((name) => !asked.includes(name) && !name.startsWith('POWERTOOLS_')),
      [],
      `${bundle} is given what it does not ask for`,
    );
  }
});

test('functions run on Node 24 and arm64, and log JSON', () => {
  for (const { Properties } of stack.resourcesOf('AWS::Lambda::Function')) {
    assert.equal(Properties['Runtime'], LAMBDA_RUNTIME);
    assert.deepEqual(Properties['Architectures'], ['arm64']);
    assert.partialDeepStrictEqual(Properties['LoggingConfig'], { LogFormat: 'JSON' });
  }
});

test('what people would miss outlives the stack, but not a first deployment that failed, and says whose it is', () => {
  const parts = ['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::SecretsManager::Secret']
    .flatMap((type) => stack.resourcesOf(type))
    .map(({ DeletionPolicy, UpdateReplacePolicy, Properties }) => {
      assert.deepEqual([DeletionPolicy, UpdateReplacePolicy], ['RetainExceptOnCreate', 'Retain']);
      const tags = new Map(Tags.parse(Properties['Tags']).map(({ Key, Value }) => [Key, Value]));
      assert.equal(tags.get(KEPT_TAGS.stackName), stackNameOf(config));
      assert.equal(tags.get(KEPT_TAGS.instanceId), config.instanceArn.split('/').at(-1));
      assert.deepEqual(tags.get(KEPT_TAGS.stackId), { Ref: 'AWS::StackId' });
      return String(tags.get(KEPT_TAGS.part));
    });

  assert.deepEqual(parts.toSorted(), KEPT_PARTS.toSorted());
});

test('nobody outside the account reads a recording', () => {
  for (const { Properties } of stack.resourcesOf('AWS::S3::Bucket')) {
    assert.deepEqual(Properties['PublicAccessBlockConfiguration'], {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    assert.deepEqual(Properties['VersioningConfiguration'], { Status: 'Enabled' });
  }
  const policies = stack.resourcesOf('AWS::S3::BucketPolicy').flatMap(statementsOf);
  assert.equal(policies.length, 3);
  for (const statement of policies) {
    assert.equal(statement.Effect, 'Deny');
    assert.deepEqual(statement.Condition, { Bool: { 'aws:SecureTransport': 'false' } });
  }
});

test('there is no Lambda function, role or policy but those written down here', () => {
  const types = stack.resources().map(({ Type }) => Type);

  assert.deepEqual(
    types.filter((type) => /^Custom::|CustomResource|ManagedPolicy/.test(type)),
    [],
  );
  assert.equal(stack.resourcesOf('AWS::Lambda::Function').length, deploymentsOf(config).size);
  for (const { Properties } of stack.resourcesOf('AWS::IAM::Role'))
    assert.equal(Properties['ManagedPolicyArns'], undefined);
});

test('there is no IAM user and no access key', () => {
  const kinds = stack.resources().map(({ Type }) => Type);

  assert.deepEqual([...new Set(kinds.filter((type) => type.startsWith('AWS::IAM::')))].toSorted(), [
    'AWS::IAM::Policy',
    'AWS::IAM::Role',
  ]);
});

test('settings without a value are left out, and not written as AWS::NoValue or an empty text', () => {
  for (const bundle of deploymentsOf(canaryConfig).keys()) {
    for (const [name, value] of Object.entries(environmentOf(bundle))) assert.notEqual(value, '', name);
  }
  assert.doesNotMatch(stack.text(), /AWS::NoValue/);
});

const Tags = z.array(z.object({ Key: z.string(), Value: z.unknown() }));

const NAMED_BY = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SQS::Queue': 'QueueName',
};

test('no bucket, queue, table, function or role has a name that may be taken', () => {
  const named = Object.entries(NAMED_BY).flatMap(([type, name]) =>
    stack.resourcesOf(type).filter(({ Properties }) => Object.hasOwn(Properties, name)),
  );

  assert.deepEqual(named, []);
});

test('each role may do this and nothing else', (t: TestContext) => {
  const table = stack
    .resourcesOf('AWS::IAM::Policy')
    .map((policy) => `${functionOf(policy)}\n${statementsOf(policy).map(grantLine).join('')}`);

  t.assert.fileSnapshot(table.toSorted().join('\n'), snapshot('grants.txt'), { serializers: [String] });
});

test('IVR recordings are read by save-recording alone, in the bucket and below the prefix that are configured', () => {
  const kmsKeyArn = 'arn:aws:kms:us-east-1:111122223333:key/key-of-the-recordings';
  const ivrRecordings = { bucket: 'acme-connect-recordings', prefix: 'connect/acme/', kmsKeyArn };
  const withIvr = testStack({ ...config, ivrRecordings });
  withIvr.app.synth();
  const grantsIn = ({ resourcesOf }: typeof stack) =>
    resourcesOf('AWS::IAM::Policy').flatMap((policy) =>
      statementsOf(policy).map((statement) => `${functionOf(policy)}\n${grantLine(statement)}`),
    );
  const withoutIvr = new Set(grantsIn(stack));

  assert.deepEqual(
    grantsIn(withIvr).filter((grant) => !withoutIvr.has(grant)),
    [
      'save-recording\n  arn:aws:s3:::acme-connect-recordings/connect/acme/*\n    s3:GetObject\n',
      'save-recording\n  arn:aws:s3:::acme-connect-recordings\n    s3:ListBucket\n',
      `save-recording\n  ${kmsKeyArn}\n    kms:Decrypt\n`,
    ],
  );
  const [told] = withIvr
    .resourcesOf('AWS::Lambda::Function')
    .filter((fn) => functionOf(fn) === 'save-recording');
  assert.partialDeepStrictEqual(told?.Properties['Environment'], {
    Variables: { IVR_RECORDINGS_BUCKET: 'acme-connect-recordings', IVR_RECORDINGS_PREFIX: 'connect/acme/' },
  });
  withIvr.remove();
});

test('without the setting email nothing of it is there', () => {
  const { email: _, ...settings } = config;
  const withoutEmail = testStack(settings);
  withoutEmail.app.synth();

  assert.doesNotMatch(withoutEmail.text(), /AWS::SES|ses:|EMAIL_|Emails/);
  withoutEmail.remove();
});

test('the sender’s identity is its domain or address, unless another one is named', () => {
  const from = 'Acme <vm@mail.example.com>';
  const email = { from, recording: 'link' } as const;

  assert.deepEqual(identitiesOf(email), ['mail.example.com', 'vm@mail.example.com']);
  assert.deepEqual(identitiesOf({ ...email, identity: 'example.com' }), ['example.com']);
});

test('the stack consists of these resources', (t: TestContext) => {
  const list = stack.resources().map(({ Type, id }) => `${Type} ${id}\n`);

  t.assert.fileSnapshot(list.toSorted().join(''), snapshot('resources.txt'), { serializers: [String] });
});

test('the same settings give the same template, wherever it is made', () => {
  const again = testStack(config);

  again.app.synth();

  assert.equal(again.text(), stack.text());
  again.remove();
});

test('CloudFormation knows every property, and cdk-nag finds nothing that is not explained', () => {
  const kmsKeyArn = 'arn:aws:kms:us-east-1:111122223333:key/key-of-the-streams';
  const everySetting = {
    ...config,
    contactRecordStreamKmsKeyArn: kmsKeyArn,
    mediaStreams: { prefix: 'vm', kmsKeyArn },
    ivrRecordings: { bucket: 'acme-connect-recordings', prefix: 'connect/acme/CallRecordings/', kmsKeyArn },
    alarmEmails: ['ops@example.com'],
    links: {
      host: 'own-domain',
      domainName: 'voicemail.example.com',
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/of-links',
      alsoAt: ['function-url'],
    },
  } as const;
  const full = testStack(everySetting, { isChecked: true });
  const validations = Validations.of(full.app);
  validations.addPlugins(new AwsSolutionsChecks(full.app));
  validations.acknowledge(...ACCEPTED_FINDINGS);

  full.app.synth();

  const alarms = full.resourcesOf('AWS::CloudWatch::Alarm');
  assert.ok(alarms.every(({ Properties }) => Properties['AlarmActions'] !== undefined));
  full.remove();
});

const Statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: z.union([z.string(), z.array(z.string())]),
  Resource: z.unknown(),
  Condition: z.unknown().optional(),
});

function statementsOf({ Properties }: TemplateResource): z.infer<typeof Statement>[] {
  return z.object({ Statement: z.array(Statement) }).parse(Properties['PolicyDocument']).Statement;
}

/** The resource, and under it what is allowed there. */
function grantLine({ Effect, Action, Resource }: z.infer<typeof Statement>): string {
  assert.equal(Effect, 'Allow');
  return `  ${readable(Resource)}\n${[Action]
    .flat()
    .map((action) => `    ${action}\n`)
    .join('')}`;
}

/** `VoicemailExpress/save-recording/Role/…`: the construct is named for the bundle. */
function functionOf({ Metadata }: TemplateResource): string {
  return Metadata['aws:cdk:path']?.split('/')[1] ?? '';
}

function isOptional(name: string): boolean {
  return Object.entries(allSettings.shape).some(
    ([setting, schema]) => setting === name && schema.safeParse(undefined).success,
  );
}

function environmentOf(bundle: string): Record<string, unknown> {
  const found = canary.resourcesOf('AWS::Lambda::Function').find((fn) => functionOf(fn) === bundle);
  const Environment = z.object({ Variables: z.record(z.string(), z.unknown()) });
  return Environment.parse(found?.Properties['Environment']).Variables;
}

/** After a change that is meant: `node --test --test-update-snapshots infra/voicemail-stack.test.ts`. */
function snapshot(file: string): string {
  return join(import.meta.dirname, '__snapshots__', file);
}
