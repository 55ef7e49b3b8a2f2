import type { Account } from './account.ts';
import type { Identities } from './gateway/iam.ts';
import type { PolicyStatement } from './gateway/policy.ts';

type Role = Parameters<Identities['addRole']>[0];

const READ_AND_WRITE = [
  's3:GetObject*',
  's3:GetBucket*',
  's3:List*',
  's3:Abort*',
  's3:DeleteObject*',
  's3:PutObject*',
];

/** AWS's managed policy AWSCloudFormationReadOnlyAccess. */
const READS_STACKS: PolicyStatement = {
  Effect: 'Allow',
  Action: [
    'cloudformation:Describe*',
    'cloudformation:EstimateTemplateCost',
    'cloudformation:Get*',
    'cloudformation:List*',
    'cloudformation:ValidateTemplate',
    'cloudformation:Detect*',
  ],
  Resource: '*',
};

/** Of AWS's managed policy ReadOnlyAccess, the part that the services here have. */
const READS_ALL: PolicyStatement = {
  Effect: 'Allow',
  Action: [
    'cloudformation:*',
    'cloudwatch:*',
    'connect:*',
    'dynamodb:*',
    'iam:*',
    'kinesis:*',
    'kinesisvideo:*',
    'kms:*',
    'lambda:*',
    's3:*',
    'servicequotas:*',
    'ses:*',
    'sns:*',
    'sqs:*',
    'ssm:*',
    'transcribe:*',
  ].flatMap((all) => ['Get*', 'List*', 'Describe*'].map((reading) => all.replace('*', reading))),
  Resource: '*',
};

/** The roles of the bootstrap template, with its statements. Source: bootstrap template of CDK, version 32. */
export function bootstrapRoles(names: {
  readonly qualifier: string;
  readonly account: Account;
  readonly bucket: string;
  readonly roleArn: (role: string) => string;
}): readonly Role[] {
  const { roleArn } = names;
  return [
    { arn: roleArn('deploy-role'), trustsAccount: true, statements: deployStatements(names) },
    { arn: roleArn('file-publishing-role'), trustsAccount: true, statements: publishStatements(names) },
    {
      arn: roleArn('lookup-role'),
      trustsAccount: true,
      statements: [READS_ALL, { Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' }],
    },
    // CloudFormation's: it trusts nobody else.
    { arn: roleArn('cfn-exec-role'), statements: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  ];
}

type Names = Parameters<typeof bootstrapRoles>[0];

function deployStatements({ qualifier, account, bucket, roleArn }: Names): readonly PolicyStatement[] {
  const { partition, region, id } = account;
  const inBucket = [`arn:${partition}:s3:::${bucket}`, `arn:${partition}:s3:::${bucket}/*`];
  const changes = ['CreateChangeSet', 'DeleteChangeSet', 'ExecuteChangeSet', 'CreateStack', 'UpdateStack'];
  const rest = ['RollbackStack', 'ContinueUpdateRollback', 'DeleteStack', 'UpdateTerminationProtection'];
  return [
    READS_STACKS,
    {
      Effect: 'Allow',
      Action: [...changes, ...rest].map((action) => `cloudformation:${action}`),
      Resource: '*',
    },
    {
      Effect: 'Allow',
      Action: READ_AND_WRITE,
      Resource: '*',
      Condition: { StringNotEquals: { 's3:ResourceAccount': id } },
    },
    { Effect: 'Allow', Action: 'iam:PassRole', Resource: roleArn('cfn-exec-role') },
    { Effect: 'Allow', Action: 'sts:GetCallerIdentity', Resource: '*' },
    { Effect: 'Allow', Action: ['s3:GetObject*', 's3:GetBucket*', 's3:List*'], Resource: inBucket },
    {
      Effect: 'Allow',
      Action: ['ssm:GetParameter', 'ssm:GetParameters'],
      Resource: `arn:${partition}:ssm:${region}:${id}:parameter/cdk-bootstrap/${qualifier}/version`,
    },
  ];
}

function publishStatements({ account: { partition, id }, bucket }: Names): readonly PolicyStatement[] {
  return [
    {
      Effect: 'Allow',
      Action: [...READ_AND_WRITE, 's3:GetEncryptionConfiguration'],
      Resource: [`arn:${partition}:s3:::${bucket}`, `arn:${partition}:s3:::${bucket}/*`],
      Condition: { StringEquals: { 'aws:ResourceAccount': id } },
    },
  ];
}
