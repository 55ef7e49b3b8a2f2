import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { z } from 'zod';
import config from '../voicemail.config.ts';
import { parseConfig } from './config.ts';
import { keyPolicyOf } from './key-policy.ts';
import { readable, testStack, type TemplateResource } from './stack.fixture.ts';

const kmsKeyArn = 'arn:aws:kms:us-east-1:111122223333:key/5e5e5e5e-0000-4000-8000-00000000e001';
const settings = parseConfig({ ...config, kmsKeyArn });
const stack = testStack(settings);
const without = testStack(config);
before(() => {
  stack.app.synth();
  without.app.synth();
});
after(() => {
  stack.remove();
  without.remove();
});

/** By type: where the key stands. Every resource of these types has to have it. */
const KEY_OF: Readonly<Record<string, (properties: TemplateResource['Properties']) => unknown>> = {
  'AWS::S3::Bucket': ({ BucketEncryption }) => BucketEncryption,
  'AWS::SQS::Queue': ({ KmsMasterKeyId }) => KmsMasterKeyId,
  'AWS::DynamoDB::Table': ({ SSESpecification }) => SSESpecification,
  'AWS::Logs::LogGroup': ({ KmsKeyId }) => KmsKeyId,
  'AWS::SNS::Topic': ({ KmsMasterKeyId }) => KmsMasterKeyId,
  'AWS::SecretsManager::Secret': ({ KmsKeyId }) => KmsKeyId,
};

test('all that the stack keeps is encrypted with the key of one’s own', () => {
  for (const [type, keyOf] of Object.entries(KEY_OF)) {
    const resources = stack.resourcesOf(type);
    assert.ok(resources.length > 0, type);
    for (const { id, Properties } of resources)
      assert.ok(JSON.stringify(keyOf(Properties))?.includes(kmsKeyArn), `${type} ${id}`);
  }
});

test('without the setting no key is named, and no role may use one', () => {
  assert.doesNotMatch(without.text(), /kms:|KmsMasterKey|KMSMasterKey|KmsKeyId|TRANSCRIPTS_KEY_ARN/);
});

test('a key adds and takes away no resource', () => {
  const ids = ({ resources }: typeof stack) => resources().map(({ Type, id }) => `${Type} ${id}`);

  assert.deepEqual(ids(stack), ids(without));
});

test('a stack without links has no function that opens them, and its others get the key', (t: TestContext) => {
  const { email: _, ...withoutMail } = config;
  const linkless = testStack(parseConfig({ ...withoutMail, kmsKeyArn, links: { host: 'none' } }));
  t.after(linkless.remove);
  linkless.app.synth();

  const names = linkless.resourcesOf('AWS::IAM::Policy').map(({ Metadata }) => Metadata['aws:cdk:path']);

  assert.ok(!names.some((name) => name?.includes('/open-recording/')));
  assert.match(linkless.text(), /aws:s3:arn/);
});

const Statement = z.object({
  Effect: z.literal('Allow'),
  Action: z.union([z.string(), z.array(z.string())]),
  Resource: z.unknown(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});

test('each role may use the key for this and nothing else, and these services beside it', (t: TestContext) => {
  const ofRoles = stack
    .resourcesOf('AWS::IAM::Policy')
    .map((policy) => `${policy.Metadata['aws:cdk:path']?.split('/')[1]}\n${keyLinesOf(policy)}`);
  const ofServices = keyPolicyOf(settings).flatMap(({ Principal: { Service }, Action, Condition }) =>
    Service === undefined ? [] : [`${Service}\n${linesOf({ Action, Condition })}`],
  );

  const tree = [...ofRoles.toSorted(), ...ofServices.toSorted()].join('\n');
  const snapshot = join(import.meta.dirname, '__snapshots__/keys.txt');
  t.assert.fileSnapshot(tree, snapshot, { serializers: [String] });
});

/** The statements on the key. None is without a condition on the service. */
function keyLinesOf({ Properties }: TemplateResource): string {
  const { Statement: statements } = z
    .object({ Statement: z.array(z.unknown()) })
    .parse(Properties['PolicyDocument']);
  return statements
    .filter((statement) => JSON.stringify(statement).includes(kmsKeyArn))
    .map((statement) => {
      const { Action, Resource, Condition = {} } = Statement.parse(statement);
      assert.equal(Resource, kmsKeyArn);
      assert.ok(Condition['StringEquals']?.['kms:ViaService'], 'a key is used through a service');
      return linesOf({ Action: [Action].flat(), Condition });
    })
    .join('');
}

/** What it is for, and under it what is allowed. */
function linesOf({
  Action,
  Condition,
}: {
  Action: readonly string[];
  Condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}): string {
  const conditions = Object.values(Condition)
    .flatMap((keys) => Object.entries(keys))
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name.replace('kms:EncryptionContext:', '')} ${shown(value)}`);
  return `  ${conditions.toReversed().join(', ')}\n${Action.map((action) => `    ${action}\n`).join('')}`;
}

function shown(value: unknown): string {
  return Array.isArray(value) ? value.map(readable).join(' or ') : readable(value);
}

test('the page on keys shows the policy that is needed', () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/keys.md'), 'utf8');
  const [, written = ''] = /```json\n([^]*?)```/.exec(page) ?? [];

  assert.deepEqual(JSON.parse(written), keyPolicyOf(settings));
});
