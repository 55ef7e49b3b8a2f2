import { homeOf } from './arns.ts';
import { bootstrapOf } from './bootstrap-settings.ts';
import { stackNameOf, type VoicemailConfig } from './config.ts';

/** One statement of a key's policy, spelled as AWS spells it. */
export interface KeyPolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: Readonly<Record<string, string>>;
  readonly Action: readonly string[];
  readonly Resource: '*';
  readonly Condition: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** CloudFormation cuts a stack's name for names that it makes up: of 64 characters, so many are sure to stay. */
const SURE_CHARACTERS = 24;

/** What the names of the stack's functions, roles, queues and log groups begin with. */
export function namesBeginOf(stackName: string): string {
  return stackName.length > SURE_CHARACTERS ? stackName.slice(0, SURE_CHARACTERS) : `${stackName}-`;
}

/**
 * What the policy of `kmsKeyArn` has to say, beside who administers the key. Services are bound to what is the stack's
 * by the encryption context, which each of them documents; whether all of them send `aws:SourceAccount` when they ask
 * through another service is not.
 *
 * Source: the pages of SQS, SNS, CloudWatch Logs, DynamoDB and Secrets Manager on how they use KMS.
 */
export function keyPolicyOf(config: VoicemailConfig): readonly KeyPolicyStatement[] {
  const { partition, region, accountId } = homeOf(config.instanceArn);
  const begin = namesBeginOf(stackNameOf(config));
  const account = { AWS: `arn:${partition}:iam::${accountId}:root` };
  const through = ['dynamodb', 's3', 'secretsmanager', 'sqs', 'transcribe'].map(
    (name) => `${name}.${region}.amazonaws.com`,
  );
  const context = (name: string, service: string, rest: string) => ({
    ArnLike: {
      [`kms:EncryptionContext:${name}`]: `arn:${partition}:${service}:${region}:${accountId}:${rest}`,
    },
  });
  const sending = ['kms:Decrypt', 'kms:GenerateDataKey'];
  return [
    // Who of the account may is for its IAM policies: the stack's roles have them, and people get theirs.
    allow('Account', account, ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'], {
      StringEquals: { 'kms:ViaService': through },
    }),
    allow('Deployment', account, ['kms:CreateGrant', 'kms:DescribeKey'], {
      ArnLike: { 'aws:PrincipalArn': bootstrapOf(config).cloudFormationRoleArn },
    }),
    allow('Events', service('events.amazonaws.com'), sending, context('aws:sqs:arn', 'sqs', `${begin}*`)),
    allow(
      'Logs',
      service(`logs.${region}.amazonaws.com`),
      ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      context('aws:logs:arn', 'logs', `log-group:${begin}*`),
    ),
    ...(config.alarmEmails
      ? [
          allow(
            'Alarms',
            service('cloudwatch.amazonaws.com'),
            sending,
            context('aws:sns:topicArn', 'sns', `${begin}*`),
          ),
        ]
      : []),
  ];
}

const service = (Service: string) => ({ Service });

function allow(
  what: string,
  Principal: KeyPolicyStatement['Principal'],
  Action: readonly string[],
  Condition: KeyPolicyStatement['Condition'],
): KeyPolicyStatement {
  return { Sid: `VoicemailExpress${what}`, Effect: 'Allow', Principal, Action, Resource: '*', Condition };
}
