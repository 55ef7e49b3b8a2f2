import type { JsonOperation } from '../../../gateway/protocols.ts';
import { refused } from '../errors.ts';
import { onQueue, queueIn, textsIn } from '../input.ts';
import type { SqsParts } from '../parts.ts';
import { MOST_MESSAGE_BYTES, type StoredMessage } from '../message.ts';
import type { Queue } from '../queue.ts';

export function getQueueAttributes(parts: SqsParts): JsonOperation {
  return {
    name: 'GetQueueAttributes',
    needs: onQueue('GetQueueAttributes', parts),
    answer(input) {
      const all = attributesOf(queueIn(input, parts));
      const wanted = textsIn(input, 'AttributeNames');
      for (const name of wanted) {
        if (!KNOWN.has(name)) throw refused('InvalidAttributeName', `Unknown Attribute ${name}.`);
      }
      const attributes = Object.entries(all).filter(
        ([name]) => wanted.includes('All') || wanted.includes(name),
      );
      return attributes.length === 0 ? {} : { Attributes: Object.fromEntries(attributes) };
    },
  };
}

/** Source: SQS API reference, "GetQueueAttributes". Those of FIFO queues and keys have no value here. */
const KNOWN = new Set([
  'All',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesDelayed',
  'ApproximateNumberOfMessagesNotVisible',
  'ContentBasedDeduplication',
  'CreatedTimestamp',
  'DeduplicationScope',
  'DelaySeconds',
  'FifoQueue',
  'FifoThroughputLimit',
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'LastModifiedTimestamp',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'Policy',
  'QueueArn',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
]);

function attributesOf({
  options,
  createdAtMs,
  changedAtMs,
  policy,
  all,
  visible,
}: Queue): Record<string, string> {
  const { arn, redrive, keyId } = options;
  const inState = (state: StoredMessage['state']) =>
    String(all().filter((message) => message.state === state).length);
  return {
    QueueArn: arn,
    ApproximateNumberOfMessages: String(visible().size),
    ApproximateNumberOfMessagesNotVisible: inState('in-flight'),
    ApproximateNumberOfMessagesDelayed: inState('delayed'),
    CreatedTimestamp: seconds(createdAtMs),
    LastModifiedTimestamp: seconds(changedAtMs()),
    VisibilityTimeout: String(options.visibilityTimeoutSeconds),
    MaximumMessageSize: String(MOST_MESSAGE_BYTES),
    MessageRetentionPeriod: String(options.messageRetentionSeconds),
    DelaySeconds: String(options.delaySeconds),
    ReceiveMessageWaitTimeSeconds: '0',
    SqsManagedSseEnabled: String(keyId === undefined),
    ...(keyId !== undefined && { KmsMasterKeyId: keyId, KmsDataKeyReusePeriodSeconds: '300' }),
    ...(policy !== undefined && { Policy: policy }),
    ...(redrive && {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: redrive.deadLetterArn,
        maxReceiveCount: redrive.maxReceiveCount,
      }),
    }),
  };
}

function seconds(atMs: number): string {
  return String(Math.floor(atMs / 1000));
}
