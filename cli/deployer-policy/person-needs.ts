import type { Names } from './names.ts';
import type { Need } from './statements.ts';

/** What a person does with `vmx`. */
export const PURPOSES = [
  'init',
  'doctor',
  'deploy',
  'upgrade',
  'verify',
  'operate',
  'erase',
  'cost',
  'uninstall',
  'delete-data',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What the commands of a purpose ask AWS for, in the name of the person. */
export function personNeeds(purpose: Purpose, names: Names): readonly Need[] {
  switch (purpose) {
    case 'init':
      return init(names);
    case 'doctor':
      return doctor(names);
    case 'deploy':
      return [...doctor(names), ...deploy(names), ...(names.isTested ? testVoicemail(names) : [])];
    case 'upgrade':
      return [...doctor(names), ...deploy(names), ...testVoicemail(names), ...reindex(names)];
    case 'verify':
      return [
        need('cloudformation', names.stack, 'DescribeStacks'),
        ...testVoicemail(names),
        ...testCall(names),
      ];
    case 'operate':
      return operate(names);
    case 'erase':
      return erase(names);
    case 'cost':
      return cost(names);
    case 'uninstall':
      return uninstall(names);
    case 'delete-data':
      return [...uninstall(names), ...deleteData(names)];
  }
}

/** `vmx init`, and what `--fix` switches on. */
function init({ any, instance, recordStreams, connectRoles }: Names): readonly Need[] {
  return [
    need('sts', any, 'GetCallerIdentity'),
    need('connect', any, 'ListInstances'),
    need('connect', instance, 'DescribeInstance', 'ListInstanceStorageConfigs', 'ListQueues'),
    need('connect', instance, 'DescribeQueue', 'DescribeHoursOfOperation'),
    need('kinesis', any, 'ListStreams'),
    need('ses', any, 'ListEmailIdentities'),
    need('connect', instance, 'AssociateInstanceStorageConfig', 'UpdateInstanceStorageConfig'),
    need('kinesis', recordStreams, 'CreateStream', 'DescribeStreamSummary', 'DescribeStream'),
    // What Amazon Connect does in the name of who associates storage. Source: Service Authorization Reference.
    need('kms', any, 'DescribeKey', 'CreateGrant'),
    need('ds', any, 'DescribeDirectories'),
    need('iam', connectRoles, 'CreateServiceLinkedRole', 'AttachRolePolicy', 'PutRolePolicy'),
  ];
}

function doctor(names: Names): readonly Need[] {
  const { any, stack, instance, tables, functions, queues, topics, buckets } = names;
  return [
    need('sts', any, 'GetCallerIdentity'),
    need('iam', any, 'GetRole', 'SimulatePrincipalPolicy'),
    need('cloudformation', any, 'DescribeStacks', 'ListStacks'),
    need('cloudformation', stack, 'DescribeStackResourceDrifts', 'GetTemplate', 'ListStackResources'),
    need('cloudwatch', any, 'DescribeAlarms', 'GetMetricStatistics'),
    need('connect', instance, ...READ_FLOWS, 'ListLambdaFunctions', 'ListViews'),
    need('connect', instance, 'DescribeInstance', 'ListInstanceStorageConfigs'),
    need('connect', instance, 'DescribeQueue', 'DescribeHoursOfOperation', 'SearchQueues'),
    need('connect', instance, 'DescribeUser', 'SearchUsers'),
    need('connect', instance, 'SearchRoutingProfiles', 'ListRoutingProfileQueues'),
    ...phoneNumbers(names),
    need('dynamodb', any, 'ListTables'),
    need('dynamodb', tables, 'Scan'),
    need('kinesis', any, 'DescribeStreamSummary', 'ListStreamConsumers'),
    need('kinesisvideo', any, 'ListStreams'),
    need('kms', any, 'DescribeKey', 'GetKeyPolicy'),
    need('lambda', any, 'GetAccountSettings', 'ListEventSourceMappings'),
    need('lambda', functions, 'GetFunction'),
    ...profiles(names),
    need('s3', any, 'ListAllMyBuckets'),
    need('s3', buckets, 'GetLifecycleConfiguration'),
    need('servicequotas', any, 'GetServiceQuota', 'GetAWSDefaultServiceQuota'),
    need('ses', any, 'GetAccount', 'GetEmailIdentity', 'GetEmailTemplate', 'ListEmailIdentities'),
    need('sns', topics, 'ListSubscriptionsByTopic'),
    need('sqs', queues, 'GetQueueAttributes'),
    need('ssm', names.bootstrapVersion, 'GetParameter'),
    ...ofKey(names, 'Decrypt'),
  ];
}

/** The rest is done as the roles that `cdk bootstrap` made. */
function deploy(names: Names): readonly Need[] {
  return [
    need('sts', names.bootstrapRoles, 'AssumeRole'),
    need('cloudformation', names.stack, 'DescribeStackEvents'),
    // Whether an index of the ledger is ready.
    need('dynamodb', names.tables, 'DescribeTable'),
    ...findKept(names),
  ];
}

/** What an upgrade ends with, and `vmx reindex` does alone: the ledger is read as a whole, and filled up. */
function reindex({ tables }: Names): readonly Need[] {
  return [need('dynamodb', tables, 'Scan', 'UpdateItem')];
}

/** What finds what removed stacks have left behind. What is named as ours can be of another stack. */
function findKept({ any }: Names): readonly Need[] {
  return [
    need('s3', any, 'ListAllMyBuckets', 'GetBucketTagging'),
    need('dynamodb', any, 'ListTables', 'ListTagsOfResource'),
    need('secretsmanager', any, 'ListSecrets'),
  ];
}

/** The test voicemail of `vmx verify` and `vmx upgrade`: its task, its objects, its entry and its job. */
function testVoicemail(names: Names): readonly Need[] {
  const { any, instance, buckets, objects, tables } = names;
  return [
    ...ofKey(names, 'Decrypt', 'GenerateDataKey'),
    need('connect', instance, 'ListQueues', 'StartTaskContact', 'DescribeContact', 'StopContact'),
    need('connect', instance, 'ListContactReferences'),
    need('s3', buckets, 'ListBucket', 'ListBucketVersions'),
    need('s3', objects, 'GetObject', 'PutObject', 'DeleteObjectVersion'),
    need('dynamodb', tables, 'GetItem', 'DeleteItem'),
    need('transcribe', any, 'DeleteTranscriptionJob'),
  ];
}

/** What `vmx verify --call` asks beside: a video stream of its own, and a record on the stream of the instance. */
function testCall({ mediaStreams, recordStreams, mediaKeys, recordKeys }: Names): readonly Need[] {
  if (mediaStreams.length === 0) return [];
  return [
    need('kinesisvideo', mediaStreams, 'CreateStream', 'DescribeStream', 'DeleteStream'),
    need('kinesisvideo', mediaStreams, 'GetDataEndpoint', 'PutMedia'),
    need('kinesis', recordStreams, 'PutRecord'),
    // Both services ask the keys in the name of who writes. Source: their developer guides, "server-side encryption".
    ...(mediaKeys.length === 0
      ? []
      : [need('kms', mediaKeys, 'DescribeKey', 'CreateGrant', 'GenerateDataKey')]),
    ...(recordKeys.length === 0 ? [] : [need('kms', recordKeys, 'GenerateDataKey')]),
  ];
}

/**
 * `vmx list`, `show`, `handle`, `reopen`, `assign`, `report`, `redrive`, `restore`, `revoke`, `unrevoke`,
 * `hold`, `release-hold`, `restore-recording`, `rotate-key`, `templates`.
 */
function operate(names: Names): readonly Need[] {
  const { any, stack, instance, tables, buckets, objects, queues, linkKey } = names;
  const ledger = [...tables, ...tables.map((table) => `${table}/index/*`)];
  return [
    ...ofKey(names, 'Decrypt', 'GenerateDataKey'),
    need('cloudformation', stack, 'DescribeStacks'),
    need('dynamodb', ledger, 'BatchGetItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'),
    // Who handles or assigns a voicemail ends its task.
    need('connect', instance, 'ListQueues', 'ListUsers', 'StopContact'),
    need('secretsmanager', linkKey, 'ListSecretVersionIds', 'PutSecretValue'),
    need('s3', buckets, 'ListBucket'),
    // A hold copies recordings and transcripts, and its end deletes the copies.
    need('s3', objects, 'GetObject', 'PutObject', 'DeleteObject', 'RestoreObject'),
    need('sts', any, 'GetCallerIdentity'),
    need('sqs', queues, 'GetQueueAttributes', 'SendMessage', 'StartMessageMoveTask', 'ListMessageMoveTasks'),
    // Amazon SQS moves messages in the name of who starts that. Source: SQS Developer Guide, "dead-letter queue redrive".
    need('sqs', queues, 'ReceiveMessage', 'DeleteMessage'),
    need('ses', any, 'ListEmailTemplates', 'GetEmailTemplate'),
    need('ses', any, 'CreateEmailTemplate', 'UpdateEmailTemplate', 'DeleteEmailTemplate'),
  ];
}

/** `vmx erase`. To delete versions is more than an operator may: nothing brings them back. */
function erase(names: Names): readonly Need[] {
  const { any, stack, instance, tables, buckets, objects, queues } = names;
  const ledger = [...tables, ...tables.map((table) => `${table}/index/*`)];
  return [
    ...ofKey(names, 'Decrypt', 'GenerateDataKey'),
    need('cloudformation', stack, 'DescribeStacks'),
    need('dynamodb', ledger, 'GetItem', 'PutItem', 'Query', 'Scan'),
    need('connect', instance, 'StopContact'),
    need('connect', instance, 'DeleteContactData', 'GetContactAttributes', 'UpdateContactAttributes'),
    need('s3', buckets, 'ListBucket', 'ListBucketVersions'),
    need('s3', objects, 'GetObject', 'DeleteObjectVersion'),
    need('sqs', queues, 'GetQueueAttributes'),
    need('sts', any, 'GetCallerIdentity'),
    need('transcribe', any, 'GetTranscriptionJob', 'DeleteTranscriptionJob'),
  ];
}

/** `vmx cost --actual`. Cost Explorer knows no resource for it. */
function cost({ any, stack }: Names): readonly Need[] {
  return [
    need('cloudformation', stack, 'ListStackResources'),
    need('cloudwatch', any, 'GetMetricData'),
    need('ce', any, 'GetCostAndUsage'),
  ];
}

function uninstall(names: Names): readonly Need[] {
  const { any, stack, instance, tables, queues } = names;
  return [
    need('sts', any, 'GetCallerIdentity'),
    need('cloudformation', any, 'DescribeStacks'),
    need('cloudformation', stack, 'DeleteStack', 'UpdateTerminationProtection'),
    need('cloudformation', stack, 'DescribeStackEvents', 'GetTemplate', 'ListStackResources'),
    need('cloudwatch', any, 'GetMetricStatistics'),
    need('connect', instance, ...READ_FLOWS),
    ...phoneNumbers(names),
    need('dynamodb', [...tables, ...tables.map((table) => `${table}/index/*`)], 'Query'),
    need('lambda', any, 'ListEventSourceMappings'),
    need('sqs', queues, 'GetQueueAttributes'),
    ...ofKey(names, 'Decrypt'),
  ];
}

/** `vmx uninstall --delete-data`, also when the stack is gone. */
function deleteData(names: Names): readonly Need[] {
  const { buckets, objects, tables, linkKey } = names;
  return [
    ...findKept(names),
    need('s3', buckets, 'ListBucket', 'ListBucketVersions', 'ListBucketMultipartUploads', 'DeleteBucket'),
    need('s3', objects, 'DeleteObjectVersion', 'AbortMultipartUpload'),
    need('dynamodb', tables, 'Scan', 'DeleteTable'),
    need('secretsmanager', linkKey, 'DeleteSecret'),
  ];
}

/** The key of one's own, if there is one: services ask it in the name of who reads and writes. */
function ofKey({ ownKey }: Names, ...operations: readonly string[]): readonly Need[] {
  return ownKey.length === 0 ? [] : [need('kms', ownKey, ...operations)];
}

/** The domain of Customer Profiles, if the settings name one. */
function profiles({ profileDomain }: Names): readonly Need[] {
  return profileDomain.length === 0 ? [] : [need('profile', profileDomain, 'GetDomain', 'ListIntegrations')];
}

const READ_FLOWS = [
  'DescribeContactFlow',
  'DescribeContactFlowModule',
  'ListContactFlowModules',
  'ListContactFlows',
  'ListFlowAssociations',
] as const;

function phoneNumbers({ phoneNumbers: numbers }: Names): readonly Need[] {
  return [need('connect', numbers, 'ListPhoneNumbersV2')];
}

function need(service: string, on: readonly string[], ...operations: readonly string[]): Need {
  return { on, actions: operations.map((operation) => `${service}:${operation}`) };
}
