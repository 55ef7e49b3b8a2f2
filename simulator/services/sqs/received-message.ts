import type { MessageAttributes } from './message-attributes.ts';
import type { Received } from './queue.ts';

/** A message as a consumer gets it. Times are epoch milliseconds, written as text. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly attributes: {
    readonly ApproximateReceiveCount: string;
    readonly SentTimestamp: string;
    readonly SenderId: string;
    readonly ApproximateFirstReceiveTimestamp: string;
    readonly DeadLetterQueueSourceArn?: string;
  };
  readonly messageAttributes: MessageAttributes;
}

/** The sender of a message is not stored: every message shows this role. */
const SENDER_ID = 'AROASIMULATEDSENDER00';

export function receivedMessage({ message, handle }: Received): ReceivedMessage {
  const { messageId, body, md5OfBody, attributes, deadLetterSourceArn } = message;
  return {
    messageId,
    receiptHandle: handle,
    body,
    md5OfBody,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: wholeMs(message.sentAtMs),
      SenderId: SENDER_ID,
      ApproximateFirstReceiveTimestamp: wholeMs(message.firstReceivedAtMs ?? message.lastReceivedAtMs),
      ...(deadLetterSourceArn !== undefined && { DeadLetterQueueSourceArn: deadLetterSourceArn }),
    },
    messageAttributes: attributes,
  };
}

function wholeMs(atMs: number): string {
  return String(Math.floor(atMs));
}
