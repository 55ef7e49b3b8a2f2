import { z } from 'zod';
import type { ClientPackage } from './api-call.ts';

type Send = (operation: string, input: object) => Promise<unknown>;

/** The SDK's package of each service, by the name that the AWS CLI has for it. */
const PACKAGES: Readonly<Record<string, { load: () => Promise<ClientPackage>; client: string }>> = {
  cloudformation: { load: () => import('@aws-sdk/client-cloudformation'), client: 'CloudFormationClient' },
  cloudwatch: { load: () => import('@aws-sdk/client-cloudwatch'), client: 'CloudWatchClient' },
  connect: { load: () => import('@aws-sdk/client-connect'), client: 'ConnectClient' },
  dynamodb: { load: () => import('@aws-sdk/client-dynamodb'), client: 'DynamoDBClient' },
  events: { load: () => import('@aws-sdk/client-eventbridge'), client: 'EventBridgeClient' },
  iam: { load: () => import('@aws-sdk/client-iam'), client: 'IAMClient' },
  kinesis: { load: () => import('@aws-sdk/client-kinesis'), client: 'KinesisClient' },
  kinesisvideo: { load: () => import('@aws-sdk/client-kinesis-video'), client: 'KinesisVideoClient' },
  'kinesis-video-archived-media': {
    load: () => import('@aws-sdk/client-kinesis-video-archived-media'),
    client: 'KinesisVideoArchivedMediaClient',
  },
  'kinesis-video-media': {
    load: () => import('@aws-sdk/client-kinesis-video-media'),
    client: 'KinesisVideoMediaClient',
  },
  kms: { load: () => import('@aws-sdk/client-kms'), client: 'KMSClient' },
  lambda: { load: () => import('@aws-sdk/client-lambda'), client: 'LambdaClient' },
  logs: { load: () => import('@aws-sdk/client-cloudwatch-logs'), client: 'CloudWatchLogsClient' },
  s3api: { load: () => import('@aws-sdk/client-s3'), client: 'S3Client' },
  secretsmanager: { load: () => import('@aws-sdk/client-secrets-manager'), client: 'SecretsManagerClient' },
  'service-quotas': { load: () => import('@aws-sdk/client-service-quotas'), client: 'ServiceQuotasClient' },
  sesv2: { load: () => import('@aws-sdk/client-sesv2'), client: 'SESv2Client' },
  sns: { load: () => import('@aws-sdk/client-sns'), client: 'SNSClient' },
  sqs: { load: () => import('@aws-sdk/client-sqs'), client: 'SQSClient' },
  sts: { load: () => import('@aws-sdk/client-sts'), client: 'STSClient' },
  transcribe: { load: () => import('@aws-sdk/client-transcribe'), client: 'TranscribeClient' },
};

const CLIENT = z.object({ send: z.custom<(command: unknown) => Promise<unknown>>() });

/** Throws an Error that names the service if no package of it is known. */
export async function packageOf(service: string): Promise<ClientPackage> {
  const known = PACKAGES[service];
  if (!known) throw new Error(`no package of the SDK is known for aws ${service}`);
  return await known.load();
}

/** Sends operations by name, as the SDK's client of the service. */
export async function clientOf(service: string, settings: object): Promise<Send> {
  const sdk = await packageOf(service);
  const made: unknown = construct(sdk[PACKAGES[service]?.client ?? ''], {
    ...settings,
    forcePathStyle: true,
  });
  const { send } = CLIENT.parse(made);
  return (operation, input) => Reflect.apply(send, made, [construct(sdk[`${operation}Command`], input)]);
}

function construct(made: unknown, input: object): unknown {
  if (typeof made !== 'function') throw new Error('not a class of the SDK');
  return Reflect.construct(made, [input]);
}
