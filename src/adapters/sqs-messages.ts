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
 * JSON in characters that SQS takes. JSON.stringify escapes all that it refuses but these two, and
 * one of them in a contact attribute would have its record retried for a day.
 * Source: Amazon SQS API reference, SendMessage, `MessageBody`.
 */
function bodyOf(message: unknown): string {
  return JSON.stringify(message).replaceAll('\uFFFE', '\\ufffe').replaceAll('\uFFFF', '\\uffff');
}

/** What becomes of a message that could not be dealt with. */
export function sqsSetbacks(sqs: SQSClient, queues: { queueUrl: string; deadLetterQueueUrl: string }) {
  return {
    /** The message comes back after `seconds`, instead of after the queue's own time. */
    postpone: async (receiptHandle: string, seconds: number): Promise<void> => {
      const command = new ChangeMessageVisibilityCommand({
        QueueUrl: queues.queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      });
      await awsCall('sqs:ChangeMessageVisibility', sqs.send(command));
    },
    /** Straight to the dead-letter queue, as it is, with the reason beside it. */
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
