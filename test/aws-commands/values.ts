import { DeleteTableCommand, DynamoDBClient, ListBackupsCommand } from '@aws-sdk/client-dynamodb';
import { GetShardIteratorCommand, KinesisClient, ListShardsCommand } from '@aws-sdk/client-kinesis';
import {
  GetDataEndpointCommand,
  KinesisVideoClient,
  ListStreamsCommand,
} from '@aws-sdk/client-kinesis-video';
import {
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { GetFunctionConfigurationCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import type { Simulator } from '../../simulator/simulator.ts';

/** A simulator in which one voicemail was delivered. */
export interface Delivered {
  readonly simulator: Simulator;
  readonly contactId: string;
  readonly taskId: string;
  readonly audioStream: string;
}

type Value = string | Promise<string>;
/** What a reader writes in the place of names in capitals, and what variables of the shell, `$NAME`, have. */
export type Values = Readonly<Record<string, () => Value>>;

const HOUR_MS = 3_600_000;

/** By document. A value is asked for when a command with its name is about to run, each time again. */
export function valuesOf(delivered: Delivered): Readonly<Record<string, Values>> {
  const { simulator } = delivered;
  const { outputs } = simulator.deployment;
  const output = (name: string) => () => outputs[name] ?? '';
  const lambda = new LambdaClient(settingsOf(simulator));
  const functionNamed = (part: string) => async () => {
    const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
    return Functions.find(({ FunctionName = '' }) => FunctionName.includes(part))?.FunctionName ?? '';
  };
  return {
    'docs/aws-cli.md': {
      ...namesOfWalk(delivered),
      $FUNCTION: functionNamed('delivervoicemail'),
      $LOG: async () => {
        const FunctionName = await functionNamed('delivervoicemail')();
        const { LoggingConfig } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
        return LoggingConfig?.LogGroup ?? '';
      },
    },
    'docs/delivery.md': {
      SECRET: output('LinkSecret'),
      'VERSION-BEFORE': () => secretVersion(delivered, 'AWSPREVIOUS'),
      'WRONG-VERSION': () => secretVersion(delivered, 'AWSCURRENT'),
      'OPEN-RECORDING': functionNamed('openrecording'),
    },
    'docs/deploy.md': { NAME: () => simulator.deployment.stackName },
    'docs/flows.md': {
      INSTANCE: () => lastPart(outputs['InstanceArn']),
      FLOW: () => lastPart(outputs['TaskFlow']),
    },
    'docs/operations.md': { 'STREAM-ARN': () => simulator.connect.world.contactRecordStreamArn },
    'docs/restore.md': namesOfRestore(delivered),
  };
}

export function settingsOf({ endpoint, credentials }: Simulator) {
  return { endpoint, credentials, region: 'us-east-1' };
}

function lastPart(arn = ''): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function namesOfWalk({ simulator, contactId, taskId, audioStream }: Delivered): Values {
  const { clock, deployment, connect, endpoint } = simulator;
  const settings = settingsOf(simulator);
  const output = (name: string) => () => deployment.outputs[name] ?? '';
  const at = (ms: number) => `${new Date(clock.now() + ms).toISOString().slice(0, 19)}Z`;
  const FROM = () => at(-HOUR_MS);
  const TO = () => at(HOUR_MS);
  const StreamName = lastPart(connect.world.contactRecordStreamArn);
  const kinesis = new KinesisClient(settings);
  const SHARD = async () =>
    (await kinesis.send(new ListShardsCommand({ StreamName }))).Shards?.[0]?.ShardId ?? '';
  const dataEndpoint = (APIName: 'GET_MEDIA' | 'LIST_FRAGMENTS') => async () => {
    const asked = new GetDataEndpointCommand({ StreamName: audioStream, APIName });
    return (await new KinesisVideoClient(settings).send(asked)).DataEndpoint ?? '';
  };
  const roleNamed = async (part: string) => {
    const { Roles = [] } = await new IAMClient(settings).send(new ListRolesCommand({}));
    return Roles.find(({ RoleName = '' }) => RoleName.includes(part));
  };
  return {
    $AWS_ENDPOINT_URL: () => endpoint,
    $STACK: () => deployment.stackName,
    $INSTANCE: () => lastPart(deployment.outputs['InstanceArn']),
    $LEDGER: output('LedgerTable'),
    $SECRET: output('LinkSecret'),
    $RECORDINGS: output('RecordingsBucket'),
    $TRANSCRIPTS: output('TranscriptsBucket'),
    $QUEUE: output('DeliveryQueueUrl'),
    $DEAD_LETTERS: output('DeliveryDeadLettersUrl'),
    $TASK_FLOW: () => lastPart(deployment.outputs['TaskFlow']),
    $FROM: FROM,
    $TO: TO,
    $WHEN: () => JSON.stringify({ StartTimestamp: FROM(), EndTimestamp: TO() }),
    $TODAY: () => `Type=INITIATION_TIMESTAMP,StartTime=${FROM()},EndTime=${TO()}`,
    $CALL: () => contactId,
    $TASK: () => taskId,
    $STREAM: () => StreamName,
    $SHARD: SHARD,
    $ITERATOR: async () => {
      const ShardIteratorType = 'TRIM_HORIZON';
      const asked = new GetShardIteratorCommand({ StreamName, ShardId: await SHARD(), ShardIteratorType });
      return (await kinesis.send(asked)).ShardIterator ?? '';
    },
    $VIDEO: () => audioStream,
    $MEDIA: dataEndpoint('GET_MEDIA'),
    $FRAGMENTS: dataEndpoint('LIST_FRAGMENTS'),
    $KEY: () => keyOf(simulator, contactId),
    $RULE: async () => {
      const { Rules = [] } = await new EventBridgeClient(settings).send(new ListRulesCommand({}));
      return Rules.find(({ Name = '' }) => Name.includes('onrecording'))?.Name ?? '';
    },
    $ALARM: () => `${deployment.stackName}: delivery-queue has dead letters`,
    $ROLE: async () => (await roleNamed('deliver'))?.RoleName ?? '',
    $ROLE_ARN: async () => (await roleNamed('deliver'))?.Arn ?? '',
  };
}

/** `ARN` is asked for when the table is to come back: it is deleted then. */
function namesOfRestore({ simulator, contactId }: Delivered): Values {
  const { LedgerTable: TableName, RecordingsBucket: Bucket } = simulator.deployment.outputs;
  const dynamodb = new DynamoDBClient(settingsOf(simulator));
  const s3 = new S3Client({ ...settingsOf(simulator), forcePathStyle: true });
  const Key = keyOf(simulator, contactId);
  return {
    LEDGER: () => TableName ?? '',
    BUCKET: () => Bucket ?? '',
    KEY: () => Key,
    '2026-11-30T08:00:00Z': () => new Date(simulator.clock.now() - HOUR_MS / 2).toISOString(),
    ARN: async () => {
      await dynamodb.send(new DeleteTableCommand({ TableName }));
      const asked = new ListBackupsCommand({ TableName, BackupType: 'SYSTEM' });
      return (await dynamodb.send(asked)).BackupSummaries?.[0]?.BackupArn ?? '';
    },
    $key: () => Key,
    $version: async () => (await s3.send(new DeleteObjectCommand({ Bucket, Key }))).VersionId ?? '',
    /** The one before it was overwritten. */
    VERSION: async () => {
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'nonsense' }));
      const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: Key }));
      return Versions.find(({ IsLatest }) => IsLatest !== true)?.VersionId ?? '';
    },
  };
}

function keyOf({ s3, deployment: { outputs } }: Simulator, contactId: string): string {
  const keys = s3.list(outputs['RecordingsBucket'] ?? '');
  return keys.find((key) => key.endsWith(`${contactId}.wav`)) ?? '';
}

/** The secret has a version before the current one: the one asked for. */
async function secretVersion({ simulator }: Delivered, stage: string): Promise<string> {
  const secrets = new SecretsManagerClient(settingsOf(simulator));
  const SecretId = simulator.deployment.outputs['LinkSecret'];
  const versions = async () =>
    (await secrets.send(new ListSecretVersionIdsCommand({ SecretId }))).Versions ?? [];
  if ((await versions()).length === 1) {
    await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: 'another' }));
  }
  const found = (await versions()).find(({ VersionStages = [] }) => VersionStages.includes(stage));
  return found?.VersionId ?? '';
}

/** The name of the stream that has the audio of the only call. */
export async function onlyAudioStream(simulator: Simulator): Promise<string> {
  const { StreamInfoList = [] } = await new KinesisVideoClient(settingsOf(simulator)).send(
    new ListStreamsCommand({}),
  );
  return StreamInfoList[0]?.StreamName ?? '';
}
