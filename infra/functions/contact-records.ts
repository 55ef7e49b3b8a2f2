import { audioSourceOf, audioSourceSetting, monitoringOf } from '../config.ts';
import { Duration } from 'aws-cdk-lib';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { isInIvrRecording } from '../../src/domain/audio-source.ts';
import type { ContactAttributeName } from '../../src/domain/contact-attributes.ts';
import type { FunctionDeployment } from '../pipeline/stack-parts.ts';
import { retentionVariables } from '../retention-settings.ts';

/**
 * A flagged call. Nothing is asked about its recordings: one without any is still
 * a caller to call back. Nor about its agent: whether there was one is for the
 * function to see, as a filter tells `null` from absent.
 */
const FLAGGED = { vmx3_flag: ['1'] } satisfies Partial<Record<ContactAttributeName, readonly string[]>>;
const VOICEMAIL_RECORD = { data: { Channel: ['VOICE'], Attributes: FLAGGED } };

/** A task that ended: of a voicemail, if the ledger knows it. */
const OF_VOICEMAIL = { vmx3_contact_id: [{ exists: true }] } satisfies Partial<
  Record<ContactAttributeName, unknown>
>;
const TASK_RECORD = { data: { Channel: ['TASK'], Attributes: OF_VOICEMAIL } };

/**
 * A stream keeps records for 24 hours by default; an hour less, so that a batch is set aside before it
 * expires.
 */
const OLDEST_RECORD = Duration.hours(23);

const READ_STREAM = [
  'kinesis:DescribeStream',
  'kinesis:DescribeStreamSummary',
  'kinesis:GetRecords',
  'kinesis:GetShardIterator',
  'kinesis:ListShards',
] as const;

export const deployment: FunctionDeployment = {
  impact:
    'New voicemails are not picked up: callers have left a message and no agent will hear of it until this works again. Contact records wait in the stream for 23 hours, then in the failures bucket.',
  // A hundred records, each a ledger entry and a queue message.
  timeoutSeconds: 60,

  environment: ({ config, storage, queueOf }) => ({
    VMX_METRICS: monitoringOf(config),
    ...audioSourceSetting(config),
    LEDGER_TABLE: storage.ledger.tableName,
    RECORDING_QUEUE_URL: queueOf('save-recording').queue.queueUrl,
    DELIVERY_QUEUE_URL: queueOf('deliver-voicemail').queue.queueUrl,
    FAILURES_BUCKET: storage.failures.bucketName,
    INSTANCE_ARN: config.instanceArn,
    DEFAULT_LANGUAGE: config.defaultLanguage,
    ...retentionVariables(config),
  }),

  /**
   * Reads the shards of the contact record stream from their oldest record on: what came
   * in during the deployment is not lost, and the ledger knows what was seen before.
   */
  triggers(fn, { config, storage }) {
    new CfnEventSourceMapping(fn, 'Records', {
      functionName: fn.function.functionName,
      eventSourceArn: config.contactRecordStreamArn,
      startingPosition: 'TRIM_HORIZON',
      batchSize: 100,
      // Counted before the filter: an alarm tells when nothing is read.
      metricsConfig: { metrics: ['EventCount'] },
      parallelizationFactor: 10,
      filterCriteria: {
        filters: [VOICEMAIL_RECORD, TASK_RECORD].map((pattern) => ({ pattern: JSON.stringify(pattern) })),
      },
      functionResponseTypes: ['ReportBatchItemFailures'],
      bisectBatchOnFunctionError: true,
      // Tried until it works or grows too old: an outage must not use up the tries.
      maximumRetryAttempts: -1,
      maximumRecordAgeInSeconds: OLDEST_RECORD.toSeconds(),
      destinationConfig: { onFailure: { destination: storage.failures.bucketArn } },
    });
  },

  grants(fn, { config, storage, queueOf }) {
    fn.allow(config.contactRecordStreamArn, ...READ_STREAM);
    const { contactRecordStreamKmsKeyArn: kmsKeyArn } = config;
    if (kmsKeyArn !== undefined) fn.allow(kmsKeyArn, 'kms:Decrypt');
    fn.allow(storage.ledger.tableArn, 'dynamodb:GetItem', 'dynamodb:PutItem');
    // A later record may name the recording.
    if (isInIvrRecording(audioSourceOf(config))) fn.allow(storage.ledger.tableArn, 'dynamodb:UpdateItem');
    fn.allow(queueOf('save-recording').queue.queueArn, 'sqs:SendMessage');
    fn.allow(queueOf('deliver-voicemail').queue.queueArn, 'sqs:SendMessage');
    fn.allow(storage.failures.arnForObjects('malformed-records/*'), 's3:PutObject');
    // Lambda sets given-up batches aside with the rights of the function.
    fn.allow(storage.failures.arnForObjects('aws/lambda/*'), 's3:PutObject');
    fn.allow(storage.failures.bucketArn, 's3:ListBucket');
  },
};
