import type { Service } from './service.ts';

/** By the service's signing name: AWS's name for it, and the file that makes it. */
const PLACES: Readonly<Record<string, { readonly title: string; readonly file: string }>> = {
  ce: { title: 'AWS Cost Explorer', file: 'cost-explorer/cost-explorer.ts' },
  cloudformation: { title: 'AWS CloudFormation', file: 'cloudformation/cloudformation.ts' },
  logs: { title: 'Amazon CloudWatch Logs', file: 'logs/logs.ts' },
  monitoring: { title: 'Amazon CloudWatch', file: 'cloudwatch/cloudwatch.ts' },
  connect: { title: 'Amazon Connect', file: 'connect/connect.ts' },
  profile: { title: 'Amazon Connect Customer Profiles', file: 'customer-profiles/customer-profiles.ts' },
  dynamodb: { title: 'Amazon DynamoDB', file: 'dynamodb/dynamodb.ts' },
  events: { title: 'Amazon EventBridge', file: 'eventbridge/eventbridge.ts' },
  iam: { title: 'AWS Identity and Access Management', file: 'iam/iam.ts' },
  kinesis: { title: 'Amazon Kinesis Data Streams', file: 'kinesis/kinesis.ts' },
  kinesisvideo: { title: 'Amazon Kinesis Video Streams', file: 'kinesis-video/kinesis-video.ts' },
  kms: { title: 'AWS Key Management Service', file: 'kms/kms.ts' },
  lambda: { title: 'AWS Lambda', file: 'lambda/lambda.ts' },
  s3: { title: 'Amazon S3', file: 's3/s3.ts' },
  secretsmanager: { title: 'AWS Secrets Manager', file: 'secrets-manager/secrets-manager.ts' },
  servicequotas: { title: 'Service Quotas', file: 'service-quotas/service-quotas.ts' },
  ses: { title: 'Amazon SES, API v2', file: 'ses/ses.ts' },
  sns: { title: 'Amazon SNS', file: 'sns/sns.ts' },
  sqs: { title: 'Amazon SQS', file: 'sqs/sqs.ts' },
  ssm: { title: 'AWS Systems Manager, Parameter Store', file: 'ssm/ssm.ts' },
  sts: { title: 'AWS Security Token Service', file: 'sts/sts.ts' },
  transcribe: { title: 'Amazon Transcribe', file: 'transcribe/transcribe.ts' },
};

/** A service's folder in `simulator/services/`. Throws an Error for a service that is not in the table. */
export function folderOf({ name }: Pick<Service, 'name'>): string {
  return placeOf(name).file.replace(/\/.*$/, '');
}

function placeOf(name: string) {
  const place = PLACES[name];
  if (place) return place;
  throw new Error(`simulator/operations-table.ts says nothing about the service ${name}`);
}

const TABLE = /(<!-- operations -->\n)[^]*?(?=\n<!-- end of operations -->)/;

/** Returns the document with a new table of operations, between `<!-- operations -->` and its end. */
export function withOperations(document: string, services: readonly Service[]): string {
  const rows = services
    .map(({ name, operations }) => ({ ...placeOf(name), name, operations }))
    .toSorted((a, b) => a.file.localeCompare(b.file))
    .map(
      ({ title, file, name, operations }) =>
        `| [${title}](services/${file}) | \`${name}\` | ${operations.toSorted().join(', ')} |`,
    );
  const table = ['| Service | Signing name | Operations |', '| --- | --- | --- |', ...rows].join('\n');
  return document.replace(TABLE, (_, mark: string) => `${mark}\n${table}\n`);
}
