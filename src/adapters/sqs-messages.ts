import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { awsCall } from './aws-call.ts';

/** Puts one JSON message into a queue. */
export function sqsSender(sqs: SQSClient, queueUrl: string): (message: unknown) => Promise<void> {
  return async (message) => {
    const command = new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: bodyOf(message) });
    await awsCall('sqs:SendMessage', sqs.send(command));
  };
}

/**
 * JSON in characters that SQS accepts. JSON.stringify escapes all characters that SQS refuses except these
 * two. With one of them in a contact attribute, its record would be retried for a day. Source: Amazon SQS
 * API reference, SendMessage, `MessageBody`.
 */
function bodyOf(message: unknown): string {
  return JSON.stringify(message).replaceAll('\uFFFE', '\\ufffe').replaceAll('\uFFFF', '\\uffff');
}

/** What to do with a message that could not be processed. */
export function sqsSetbacks(sqs: SQSClient, queues: { queueUrl: string; deadLetterQueueUrl: string }) {
  return {
    /** Makes the message visible again after `seconds`, instead of after the queue's own time. */
    postpone: async (receiptHandle: string, seconds: number): Promise<void> => {
      const command = new ChangeMessageVisibilityCommand({
        QueueUrl: queues.queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      });
      await awsCall('sqs:ChangeMessageVisibility', sqs.send(command));
    },
    /** Puts the unchanged message into the dead-letter queue, with the reason as an attribute. */
    park: async (body: string, code: string): Promise<void> => {
      const command = new SendMessageCommand({
        QueueUrl: queues.deadLetterQueueUrl,
        MessageBody: body,
        MessageAttributes: { failureCode: { DataType: 'String', StringValue: code } },
      });
      await awsCall('sqs:SendMessage', sqs.send(command));
    },
  };
}
