import { monitoringOf } from '../config.ts';
import { opensLinks } from '../link-settings.ts';
import type { FunctionDeployment } from '../pipeline/stack-parts.ts';
import { retentionVariables } from '../retention-settings.ts';

export const deployment: FunctionDeployment = {
  impact: 'Agents who follow the link in a voicemail hear nothing.',
  timeoutSeconds: 10,
  isForPeople: true,
  isNeeded: opensLinks,

  environment: ({ config, storage, queueOf }) => ({
    VMX_METRICS: monitoringOf(config),
    LEDGER_TABLE: storage.ledger.tableName,
    RECORDINGS_BUCKET: storage.recordings.bucketName,
    LINK_SECRET_ARN: storage.linkSecret.secretArn,
    ...retentionVariables(config),
    DELIVERY_QUEUE_URL: queueOf('deliver-voicemail').queue.queueUrl,
  }),

  grants(fn, { storage, queueOf }) {
    fn.allow(storage.linkSecret.secretArn, 'secretsmanager:GetSecretValue');
    fn.allow(storage.ledger.tableArn, 'dynamodb:GetItem');
    fn.allow(storage.recordings.arnForObjects('recordings/*'), 's3:GetObject');
    fn.allow(storage.recordings.bucketArn, 's3:ListBucket');
    // What was played is noted there: this function, which everybody can reach, writes to no store.
    fn.allow(queueOf('deliver-voicemail').queue.queueArn, 'sqs:SendMessage');
  },
};
