import { audioSourceSetting, monitoringOf } from '../config.ts';
import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { FunctionDeployment } from '../pipeline/stack-parts.ts';
import { indexArn, OPEN_BY_DUE } from '../pipeline/storage.ts';
import { retentionVariables } from '../retention-settings.ts';

export const deployment: FunctionDeployment = {
  impact:
    'Voicemails that got stuck on their way are not pushed on: a callback may be missing without anybody seeing it.',
  // Less than the minute between two sweeps, so that they do not overlap.
  timeoutSeconds: 50,

  environment: ({ config, storage, queueOf }) => ({
    VMX_METRICS: monitoringOf(config),
    ...audioSourceSetting(config),
    LEDGER_TABLE: storage.ledger.tableName,
    TRANSCRIPTS_BUCKET: storage.transcripts.bucketName,
    RECORDING_QUEUE_URL: queueOf('save-recording').queue.queueUrl,
    TRANSCRIPTION_QUEUE_URL: queueOf('start-transcription').queue.queueUrl,
    DELIVERY_QUEUE_URL: queueOf('deliver-voicemail').queue.queueUrl,
    TRANSCRIPT_DEADLINE_MINUTES: String(config.transcriptDeadlineMinutes),
    ...retentionVariables(config),
  }),

  triggers(fn, { scope }) {
    new Rule(scope, 'every-minute', {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(fn.function)],
    });
  },

  grants(fn, { storage, queueOf }) {
    fn.allow(indexArn(storage.ledger, OPEN_BY_DUE), 'dynamodb:Query');
    fn.allow(storage.ledger.tableArn, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    fn.allow(queueOf('save-recording').queue.queueArn, 'sqs:SendMessage');
    fn.allow(queueOf('start-transcription').queue.queueArn, 'sqs:SendMessage');
    fn.allow(queueOf('deliver-voicemail').queue.queueArn, 'sqs:SendMessage');
    fn.allow(storage.transcripts.arnForObjects('transcripts/*'), 's3:PutObject');
  },
};
