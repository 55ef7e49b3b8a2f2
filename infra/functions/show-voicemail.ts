import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { homeOf } from '../arns.ts';
import type { FunctionDeployment } from '../pipeline/stack-parts.ts';
import { retentionVariables } from '../retention-settings.ts';

export const deployment: FunctionDeployment = {
  impact:
    'Agents who accept a guided task see an error instead of player and transcript. The task itself has the transcript and the link to the recording.',
  // The longest that a flow waits for a function.
  timeoutSeconds: 8,
  isForPeople: true,

  environment: ({ config, storage, queueOf }) => ({
    LEDGER_TABLE: storage.ledger.tableName,
    RECORDINGS_BUCKET: storage.recordings.bucketName,
    TRANSCRIPTS_BUCKET: storage.transcripts.bucketName,
    INSTANCE_ARN: config.instanceArn,
    TIME_ZONE: config.timeZone,
    ...retentionVariables(config),
    DELIVERY_QUEUE_URL: queueOf('deliver-voicemail').queue.queueUrl,
  }),

  /** Flows of this instance may invoke it, once it is associated with the instance as well. */
  triggers(fn, { config: { instanceArn } }) {
    fn.function.addPermission('AskedByFlows', {
      principal: new ServicePrincipal('connect.amazonaws.com'),
      sourceAccount: homeOf(instanceArn).accountId,
      sourceArn: instanceArn,
    });
  },

  grants(fn, { storage, queueOf }) {
    fn.allow(storage.ledger.tableArn, 'dynamodb:GetItem');
    fn.allow(storage.recordings.arnForObjects('recordings/*'), 's3:GetObject');
    fn.allow(storage.recordings.bucketArn, 's3:ListBucket');
    fn.allow(storage.transcripts.arnForObjects('transcripts/*'), 's3:GetObject');
    fn.allow(storage.transcripts.bucketArn, 's3:ListBucket');
    // What agents say in the guide is noted there.
    fn.allow(queueOf('deliver-voicemail').queue.queueArn, 'sqs:SendMessage');
  },
};
