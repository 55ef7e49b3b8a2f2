import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { silenceAlarm } from '../constructs/impact-alarm.ts';
import { SILENCE_ALARMS } from '../impact.ts';
import { flowIdOf } from '../pipeline/flows.ts';
import type { FunctionDeployment } from '../pipeline/stack-parts.ts';
import { jobsOf } from '../pipeline/transcription-jobs.ts';
import { TESTS_FOLDER } from '../../src/domain/test-voicemail.ts';

export const deployment: FunctionDeployment = {
  impact:
    'A test voicemail was not delivered, or not as it went in: voicemails of callers fare the same. The log of the function says how far it came.',
  // Ten minutes until a test counts as lost, and the removal.
  timeoutSeconds: 780,
  isNeeded: ({ canary }) => canary !== undefined,

  environment: ({ config, storage, taskFlows, linkAddress }) => ({
    LEDGER_TABLE: storage.ledger.tableName,
    RETENTION_DAYS: String(config.retentionDays),
    RECORDINGS_BUCKET: storage.recordings.bucketName,
    TRANSCRIPTS_BUCKET: storage.transcripts.bucketName,
    INSTANCE_ARN: config.instanceArn,
    TASK_FLOW_ID: flowIdOf(taskFlows.task),
    ...(linkAddress !== undefined && { LINK_BASE_URL: linkAddress }),
    CANARY_QUEUE_ARN: config.canary?.queueArn ?? '',
  }),

  triggers(fn, { scope, config }) {
    const everyHours = config.canary?.everyHours ?? 1;
    // Lambda would send two more for each that failed, and the alarm is on already.
    fn.function.configureAsyncInvoke({ retryAttempts: 0 });
    new Rule(scope, 'canary-schedule', {
      schedule: Schedule.rate(Duration.hours(everyHours)),
      targets: [new LambdaFunction(fn.function)],
    });
    silenceAlarm(fn, 'Silent', {
      ...SILENCE_ALARMS.canary,
      metric: fn.function.metricInvocations({ period: Duration.hours(everyHours + 1) }),
    });
  },

  grants(fn, { config, storage }) {
    fn.allow(storage.ledger.tableArn, 'dynamodb:GetItem', 'dynamodb:DeleteItem');
    fn.allow(storage.recordings.arnForObjects('recordings/*'), 's3:PutObject', 's3:DeleteObjectVersion');
    fn.allow(
      storage.recordings.arnForObjects(`${TESTS_FOLDER}canary/*`),
      's3:PutObject',
      's3:DeleteObjectVersion',
    );
    fn.allow(storage.recordings.bucketArn, 's3:ListBucket', 's3:ListBucketVersions');
    fn.allow(storage.transcripts.arnForObjects('transcripts/*'), 's3:GetObject', 's3:DeleteObjectVersion');
    fn.allow(storage.transcripts.bucketArn, 's3:ListBucket', 's3:ListBucketVersions');
    fn.allow(`${config.instanceArn}/contact/*`, 'connect:StartTaskContact', ...CONTACTS);
    fn.allow(`${config.instanceArn}/contact-flow/*`, 'connect:StartTaskContact');
    fn.allow(jobsOf(config), 'transcribe:DeleteTranscriptionJob');
  },
};

const CONTACTS = ['connect:DescribeContact', 'connect:ListContactReferences', 'connect:StopContact'] as const;
