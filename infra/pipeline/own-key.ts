import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { homeOf } from '../arns.ts';
import type { KeyGrant, PipelineFunction } from '../constructs/pipeline-function.ts';
import { DEPLOYMENTS, deploymentsOf } from './deployments.ts';
import type { StackParts } from './stack-parts.ts';

/**
 * Encrypts all that the stack keeps with a key of the administrator's, and lets each function use it for what the
 * function may read and write, through the service that keeps it. Call it last: it walks what is there.
 */
export function encryptWithOwnKey(parts: StackParts, keyArn: string): void {
  for (const construct of parts.scope.node.findAll()) encrypt(construct, keyArn);
  for (const bundle of deploymentsOf(parts.config).keys()) {
    const fn = parts.functionOf(bundle);
    for (const grant of keyGrantsOf(fn, parts)) fn.allowKey(keyArn, grant);
  }
}

function encrypt(construct: IConstruct, keyArn: string): void {
  if (construct instanceof CfnBucket) {
    const byDefault = { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn };
    // One data key of the bucket in place of one of each object: KMS is asked, and paid, far less often.
    const rule = { serverSideEncryptionByDefault: byDefault, bucketKeyEnabled: true };
    construct.bucketEncryption = { serverSideEncryptionConfiguration: [rule] };
  }
  if (construct instanceof CfnQueue) {
    construct.kmsMasterKeyId = keyArn;
    construct.sqsManagedSseEnabled = undefined;
  }
  if (construct instanceof CfnTable)
    construct.sseSpecification = { sseEnabled: true, sseType: 'KMS', kmsMasterKeyId: keyArn };
  if (construct instanceof CfnTopic) construct.kmsMasterKeyId = keyArn;
  if (construct instanceof CfnLogGroup || construct instanceof CfnSecret) construct.kmsKeyId = keyArn;
}

const DECRYPT = 'kms:Decrypt';
const GENERATE = 'kms:GenerateDataKey';

/**
 * By action of a service: what the service asks of the key in the name of who calls. SQS decrypts the data key that it
 * got, and S3 the parts of an upload. Source: each service's page on KMS, and the simulator, which asks the same.
 */
const ASKED_FOR: Readonly<Record<string, readonly string[]>> = {
  's3:GetObject': [DECRYPT],
  's3:PutObject': [GENERATE],
  's3:AbortMultipartUpload': [DECRYPT],
  'sqs:SendMessage': [GENERATE, DECRYPT],
  'sqs:ReceiveMessage': [DECRYPT],
  'dynamodb:GetItem': [DECRYPT],
  'secretsmanager:GetSecretValue': [DECRYPT],
};

/** One statement for each thing that the function uses. */
function keyGrantsOf(fn: PipelineFunction, { config, storage, queueOf }: StackParts): readonly KeyGrant[] {
  const { region } = homeOf(config.instanceArn);
  const { recordings, transcripts, failures, ledger, linkSecret } = storage;
  const queues = [...DEPLOYMENTS].flatMap(([bundle, { queue }]) => {
    if (!queue) return [];
    const { queue: own, deadLetters } = queueOf(bundle);
    return [own.queueArn, deadLetters.queueArn];
  });
  const things: readonly Thing[] = [
    ...[recordings, transcripts, failures].map(({ bucketArn: arn }) =>
      // With a bucket key the context is the bucket; an upload may ask for none.
      thing('s3', arn, { StringLike: { 'aws:s3:arn': [arn, `${arn}/*`] } }),
    ),
    ...queues.map((arn) => thing('sqs', arn, { StringEquals: { 'aws:sqs:arn': arn } })),
    thing('dynamodb', ledger.tableArn, { StringEquals: { 'aws:dynamodb:tableName': ledger.tableName } }),
    thing('secretsmanager', linkSecret.secretArn, { StringEquals: { SecretARN: linkSecret.secretArn } }),
  ];
  const through = (service: string) => `${service}.${region}.amazonaws.com`;
  return [
    ...things.flatMap(({ service, arn, context }) => {
      const actions = actionsOn(fn, arn);
      if (actions.length === 0) return [];
      return [{ actions, conditions: withService(through(service), context) }];
    }),
    ...(startsJobs(fn)
      ? [{ actions: ['kms:Encrypt', GENERATE], conditions: withService(through('transcribe'), {}) }]
      : []),
  ];
}

interface Thing {
  readonly service: string;
  readonly arn: string;
  readonly context: Context;
}

/** By operator, then by name: what the encryption context has to be. */
type Context = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

function thing(service: string, arn: string, context: Context): Thing {
  return { service, arn, context };
}

/** What the key is asked for by what a function does on a thing. The ARN of an object begins with its bucket's. */
function actionsOn(fn: PipelineFunction, arn: string): readonly string[] {
  const onIt = fn.allowed.filter(({ resource }) => resource === arn || resource.startsWith(`${arn}/`));
  return [...new Set(onIt.flatMap(({ actions }) => actions.flatMap((action) => ASKED_FOR[action] ?? [])))];
}

function withService(service: string, context: Context): KeyGrant['conditions'] {
  const named = Object.entries(context).map(([operator, keys]) => [
    operator,
    Object.fromEntries(Object.entries(keys).map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
  ]);
  const conditions: Context = Object.fromEntries(named);
  return { ...conditions, StringEquals: { ...conditions['StringEquals'], 'kms:ViaService': service } };
}

function startsJobs({ allowed }: PipelineFunction): boolean {
  return allowed.some(({ actions }) => actions.includes('transcribe:StartTranscriptionJob'));
}
