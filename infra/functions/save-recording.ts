import { homeOf } from '../arns.ts';
import { audioSourceSetting, monitoringOf, type VoicemailConfig } from '../config.ts';
import type { PipelineFunction } from '../constructs/pipeline-function.ts';
import { QUEUE_WORKERS } from '../queue-workers.ts';
import type { FunctionDeployment } from '../pipeline/stack-parts.ts';
import { allowStartingJobs, jobSettings } from '../pipeline/transcription-jobs.ts';
import { retentionVariables } from '../retention-settings.ts';

const READ_VIDEO = [
  'kinesisvideo:GetDataEndpoint',
  'kinesisvideo:ListFragments',
  'kinesisvideo:GetMediaForFragmentList',
] as const;

/** Reading is for looking up what is there, and for changing its metadata by copying it. */
const WRITE_RECORDING = ['s3:PutObject', 's3:GetObject', 's3:AbortMultipartUpload'] as const;

export const deployment: FunctionDeployment = {
  impact:
    'Recordings are not saved. Messages wait and are tried again, but the audio itself is only kept for as long as live media streaming keeps it.',
  // An hour of audio at the pace that Kinesis Video Streams allows.
  timeoutSeconds: 300,

  queue: {
    name: 'recording-queue',
    deadLettersImpact:
      'A message could not be saved. Its caller may have to be called back without anybody having heard it.',
    backlogImpact:
      'Messages wait a quarter of an hour or more to be saved. Callers are called back late, and audio is only kept for as long as live media streaming keeps it.',
    workers: QUEUE_WORKERS['save-recording'],
  },

  environment: ({ config, storage, queueOf }) => ({
    VMX_METRICS: monitoringOf(config),
    ...audioSourceSetting(config),
    LEDGER_TABLE: storage.ledger.tableName,
    RECORDINGS_BUCKET: storage.recordings.bucketName,
    TRANSCRIPTS_BUCKET: storage.transcripts.bucketName,
    DELIVERY_QUEUE_URL: queueOf('deliver-voicemail').queue.queueUrl,
    MINIMUM_SECONDS: String(config.minimumSeconds),
    DELIVER_BLANK: String(config.deliverBlank),
    TRANSCRIPT_DEADLINE_MINUTES: String(config.transcriptDeadlineMinutes),
    ...jobSettings(config),
    ...retentionVariables(config),
    ...ivrRecordingsOf(config),
    AUDIO_PLACEMENT: config.audioPlacement ?? 'by-time',
  }),

  grants(fn, { config, storage, queueOf }) {
    fn.allow(storage.ledger.tableArn, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    fn.allow(queueOf('deliver-voicemail').queue.queueArn, 'sqs:SendMessage');
    if (config.mediaStreams) grantVideoStreams(fn, config.mediaStreams, config);
    fn.allow(storage.recordings.arnForObjects('recordings/*'), ...WRITE_RECORDING);
    fn.allow(storage.recordings.bucketArn, 's3:ListBucket');
    allowStartingJobs(fn, storage);
    if (config.ivrRecordings) grantIvrRecordings(fn, config.ivrRecordings, config);
  },
};

function ivrRecordingsOf({ ivrRecordings }: VoicemailConfig): Record<string, string> {
  if (!ivrRecordings) return {};
  const { bucket, prefix } = ivrRecordings;
  return { IVR_RECORDINGS_BUCKET: bucket, ...(prefix && { IVR_RECORDINGS_PREFIX: prefix }) };
}

/** The administrator's bucket alone: a contact record may name others. */
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

/** Connect names its streams so; the part after the name is when the stream was created. */
function grantVideoStreams(
  fn: PipelineFunction,
  { prefix, kmsKeyArn }: NonNullable<VoicemailConfig['mediaStreams']>,
  { instanceArn, instanceAlias }: VoicemailConfig,
): void {
  const { partition, region, accountId } = homeOf(instanceArn);
  const name = `${prefix}-connect-${instanceAlias}-contact-*`;
  fn.allow(`arn:${partition}:kinesisvideo:${region}:${accountId}:stream/${name}/*`, ...READ_VIDEO);
  if (kmsKeyArn !== undefined) fn.allow(kmsKeyArn, 'kms:Decrypt');
}
