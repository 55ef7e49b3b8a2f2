import { createHash, randomUUID } from 'node:crypto';
import { AwsError } from '../../service.ts';
import { invalidParameter, missingParameter } from './errors.ts';
import { type MessageAttributes, sizeBytesOf } from './message-attributes.ts';

/** A message in one queue. Moved to another, it becomes a new object there. */
export interface StoredMessage {
  readonly messageId: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly attributes: MessageAttributes;
  /** Retention counts from here. A dead-letter queue keeps the first queue's time. */
  readonly sentAtMs: number;
  readonly arrivedHereAtMs: number;
  /** The queue from which it came as a dead letter. */
  readonly deadLetterSourceArn?: string | undefined;
  firstReceivedAtMs?: number | undefined;
  /** The number of receives in all queues. */
  receiveCount: number;
  /** The number of receives in this queue, which its redrive policy counts. */
  receivesHere: number;
  lastReceivedAtMs: number;
  state: 'visible' | 'delayed' | 'in-flight';
  /** When a hidden message becomes visible. */
  visibleAtMs: number;
}

export const MOST_MESSAGE_BYTES = 1_048_576;

/** The characters of XML 1.0: SQS accepts no others in a body. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/**
 * A new message. Throws AwsError: MissingParameter without a body, InvalidMessageContents for characters
 * that SQS does not accept, InvalidParameterValue over 1 MiB.
 */
export function newMessage(body: string, attributes: MessageAttributes, nowMs: number): StoredMessage {
  if (body === '') throw missingParameter('MessageBody');
  if (FORBIDDEN.test(body)) {
    throw new AwsError(
      'InvalidMessageContents',
      400,
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  }
  if (Buffer.byteLength(body) + sizeBytesOf(attributes) > MOST_MESSAGE_BYTES) {
    const reason = `Message must be shorter than ${MOST_MESSAGE_BYTES} bytes.`;
    throw invalidParameter(`One or more parameters are invalid. Reason: ${reason}`);
  }
  return {
    messageId: randomUUID(),
    body,
    md5OfBody: createHash('md5').update(body).digest('hex'),
    attributes,
    sentAtMs: nowMs,
    arrivedHereAtMs: nowMs,
    receiveCount: 0,
    receivesHere: 0,
    lastReceivedAtMs: 0,
    state: 'visible',
    visibleAtMs: nowMs,
  };
}

/** The message in a dead-letter queue: it keeps its id, its age and its count of receives. */
export function deadLettered(message: StoredMessage, sourceArn: string, nowMs: number): StoredMessage {
  return {
    ...message,
    deadLetterSourceArn: sourceArn,
    arrivedHereAtMs: nowMs,
    receivesHere: 0,
    lastReceivedAtMs: 0,
    state: 'visible',
    visibleAtMs: nowMs,
  };
}
