import { homeOf } from '../arns.ts';
import type { VoicemailConfig } from '../config.ts';
import type { PipelineFunction } from '../constructs/pipeline-function.ts';
import type { WorkQueue } from '../constructs/work-queue.ts';
import type { Functions } from './functions.ts';
import type { Queues } from './queues.ts';
import { OPEN_BY_DUE, type Storage } from './storage.ts';

/** Every transcription job of ours is named so; no other job is touched. */
const JOB_PREFIX = 'vmx3_';

export interface GrantsProps {
  readonly config: VoicemailConfig;
  readonly storage: Storage;
  readonly queues: Queues;
  readonly functions: Functions;
}

/**
 * What each function may do: one line per grant, on named resources, only what
 * it uses. `s3:ListBucket` is there so that a missing object is answered 404
 * instead of 403, which could as well be a fault of these lines.
 */
export function grantPermissions(props: GrantsProps): void {
  const { functions } = props;
  grantContactRecords(functions['contact-records'], props);
  grantSaveRecording(functions['save-recording'], props);
  grantStartTranscription(functions['start-transcription'], props);
  grantTranscriptionFailed(functions['transcription-failed'], props);
  grantDeliverVoicemail(functions['deliver-voicemail'], props);
  grantPresignRecording(functions['presign-recording'], props);
  grantOpenRecording(functions['open-recording'], props);
  grantShowVoicemail(functions['show-voicemail'], props);
  grantSweep(functions.sweep, props);
}

function grantContactRecords(fn: PipelineFunction, { config, storage, queues }: GrantsProps): void {
  fn.allow(config.contactRecordStreamArn, ...READ_STREAM);
  const { contactRecordStreamKmsKeyArn: kmsKeyArn } = config;
  if (kmsKeyArn !== undefined) fn.allow(kmsKeyArn, 'kms:Decrypt');
  fn.allow(storage.ledger.tableArn, 'dynamodb:GetItem', 'dynamodb:PutItem');
  fn.allow(queues.recording.queue.queueArn, 'sqs:SendMessage');
  fn.allow(queues.delivery.queue.queueArn, 'sqs:SendMessage');
  fn.allow(storage.failures.arnForObjects('malformed-records/*'), 's3:PutObject');
  // Lambda sets given-up batches aside with the rights of the function.
  fn.allow(storage.failures.arnForObjects('aws/lambda/*'), 's3:PutObject');
  fn.allow(storage.failures.bucketArn, 's3:ListBucket');
}

function grantSaveRecording(fn: PipelineFunction, { config, storage, queues }: GrantsProps): void {
  consume(fn, queues.recording);
  fn.allow(storage.ledger.tableArn, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
  fn.allow(queues.delivery.queue.queueArn, 'sqs:SendMessage');
  fn.allow(videoStreamsOf(config), ...READ_VIDEO);
  fn.allow(storage.recordings.arnForObjects('recordings/*'), ...WRITE_RECORDING);
  fn.allow(storage.recordings.bucketArn, 's3:ListBucket');
  const { kmsKeyArn } = config.mediaStreams;
  if (kmsKeyArn !== undefined) fn.allow(kmsKeyArn, 'kms:Decrypt');
  if (config.ivrRecordings) grantIvrRecordings(fn, config.ivrRecordings, config);
}

/** A bucket of the administrator's. Another one that a contact record may name cannot be read. */
function grantIvrRecordings(
  fn: PipelineFunction,
  { bucket, prefix = '', kmsKeyArn }: NonNullable<VoicemailConfig['ivrRecordings']>,
  { instanceArn }: VoicemailConfig,
): void {
  const bucketArn = `arn:${homeOf(instanceArn).partition}:s3:::${bucket}`;
  fn.allow(`${bucketArn}/${prefix}*`, 's3:GetObject');
  fn.allow(bucketArn, 's3:ListBucket');
  if (kmsKeyArn !== undefined) fn.allow(kmsKeyArn, 'kms:Decrypt');
}

function grantStartTranscription(fn: PipelineFunction, { storage, queues }: GrantsProps): void {
  consume(fn, queues.transcription);
  fn.allow(storage.ledger.tableArn, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
  // Transcribe reads the recording and writes the transcript with the rights of whoever started the job.
  fn.allow(storage.recordings.arnForObjects('recordings/*'), 's3:GetObject');
  fn.allow(storage.recordings.bucketArn, 's3:ListBucket');
  fn.allow(storage.transcripts.arnForObjects('transcripts/*'), 's3:PutObject');
  // IAM knows no resource for starting a job; what it may be told is where the output goes.
  fn.allowIf(
    { 'transcribe:OutputBucketName': storage.transcripts.bucketName },
    'transcribe:StartTranscriptionJob',
  );
}

function grantTranscriptionFailed(fn: PipelineFunction, { storage, queues }: GrantsProps): void {
  consume(fn, queues.transcriptionFailed);
  fn.allow(storage.ledger.tableArn, 'dynamodb:GetItem');
  fn.allow(storage.transcripts.arnForObjects('transcripts/*'), 's3:PutObject');
}

function grantDeliverVoicemail(fn: PipelineFunction, props: GrantsProps): void {
  const { config, storage, queues, functions } = props;
  consume(fn, queues.delivery);
  fn.allow(storage.ledger.tableArn, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
  fn.allow(storage.recordings.arnForObjects('recordings/*'), 's3:GetObject');
  fn.allow(storage.recordings.bucketArn, 's3:ListBucket');
  fn.allow(storage.transcripts.arnForObjects('transcripts/*'), 's3:GetObject');
  fn.allow(storage.transcripts.bucketArn, 's3:ListBucket');
  fn.allow(functions['presign-recording'].function.functionArn, 'lambda:InvokeFunction');
  fn.allow(`${config.instanceArn}/contact/*`, 'connect:StartTaskContact', 'connect:UpdateContactAttributes');
  // A voicemail may name another flow of the instance for its task.
  fn.allow(`${config.instanceArn}/contact-flow/*`, 'connect:StartTaskContact');
  fn.allow(`${config.instanceArn}/queue/*`, 'connect:DescribeQueue');
  fn.allow(`${config.instanceArn}/operating-hours/*`, 'connect:DescribeHoursOfOperation');
  fn.allow(`${config.instanceArn}/agent/*`, 'connect:DescribeUser');
  // IAM knows no resource for it but the instance.
  fn.allow(config.instanceArn, 'connect:SearchUsers');
  fn.allow(jobsOf(config), 'transcribe:DeleteTranscriptionJob');
}

function grantPresignRecording(fn: PipelineFunction, { storage }: GrantsProps): void {
  fn.allow(storage.linkSecret.secretArn, 'secretsmanager:GetSecretValue');
}

function grantOpenRecording(fn: PipelineFunction, { storage }: GrantsProps): void {
  fn.allow(storage.linkSecret.secretArn, 'secretsmanager:GetSecretValue');
  fn.allow(storage.ledger.tableArn, 'dynamodb:GetItem');
  fn.allow(storage.recordings.arnForObjects('recordings/*'), 's3:GetObject');
  fn.allow(storage.recordings.bucketArn, 's3:ListBucket');
}

function grantShowVoicemail(fn: PipelineFunction, { storage }: GrantsProps): void {
  fn.allow(storage.ledger.tableArn, 'dynamodb:GetItem');
  fn.allow(storage.recordings.arnForObjects('recordings/*'), 's3:GetObject');
  fn.allow(storage.recordings.bucketArn, 's3:ListBucket');
  fn.allow(storage.transcripts.arnForObjects('transcripts/*'), 's3:GetObject');
  fn.allow(storage.transcripts.bucketArn, 's3:ListBucket');
}

function grantSweep(fn: PipelineFunction, { storage, queues }: GrantsProps): void {
  fn.allow(`${storage.ledger.tableArn}/index/${OPEN_BY_DUE}`, 'dynamodb:Query');
  fn.allow(storage.ledger.tableArn, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
  fn.allow(queues.recording.queue.queueArn, 'sqs:SendMessage');
  fn.allow(queues.transcription.queue.queueArn, 'sqs:SendMessage');
  fn.allow(queues.delivery.queue.queueArn, 'sqs:SendMessage');
  fn.allow(storage.transcripts.arnForObjects('transcripts/*'), 's3:PutObject');
}

/** What event source mapping and handler need together. */
function consume(fn: PipelineFunction, { queue, deadLetters }: WorkQueue): void {
  fn.allow(queue.queueArn, ...CONSUME_QUEUE);
  fn.allow(deadLetters.queueArn, 'sqs:SendMessage');
}

const CONSUME_QUEUE = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ChangeMessageVisibility',
] as const;

const READ_STREAM = [
  'kinesis:DescribeStream',
  'kinesis:DescribeStreamSummary',
  'kinesis:GetRecords',
  'kinesis:GetShardIterator',
  'kinesis:ListShards',
] as const;

const READ_VIDEO = [
  'kinesisvideo:GetDataEndpoint',
  'kinesisvideo:ListFragments',
  'kinesisvideo:GetMediaForFragmentList',
] as const;

/** Reading is for looking up what is there, and for changing its metadata by copying it. */
const WRITE_RECORDING = ['s3:PutObject', 's3:GetObject', 's3:AbortMultipartUpload'] as const;

/** Connect names its streams so; the part after the name is when the stream was created. */
function videoStreamsOf({ instanceArn, mediaStreams, instanceAlias }: VoicemailConfig): string {
  const { partition, region, accountId } = homeOf(instanceArn);
  const name = `${mediaStreams.prefix}-connect-${instanceAlias}-contact-*`;
  return `arn:${partition}:kinesisvideo:${region}:${accountId}:stream/${name}/*`;
}

function jobsOf({ instanceArn }: VoicemailConfig): string {
  const { partition, region, accountId } = homeOf(instanceArn);
  return `arn:${partition}:transcribe:${region}:${accountId}:transcription-job/${JOB_PREFIX}*`;
}
