import type { JsonObject, JsonOperation } from '../../../gateway/protocols.ts';
import { askQueueKey, SENDING } from '../encryption.ts';
import { invalidValue } from '../errors.ts';
import { findNumber, onQueue, queueIn, requireText } from '../input.ts';
import type { SqsParts } from '../parts.ts';
import { md5OfMessageAttributes, parseMessageAttributes } from '../message-attributes.ts';
import type { Queue } from '../queue.ts';

const LONGEST_DELAY_SECONDS = 900;

export function sendMessage(parts: SqsParts): JsonOperation {
  return {
    name: 'SendMessage',
    needs: onQueue('SendMessage', parts),
    answer(input, { caller }) {
      const queue = queueIn(input, parts);
      askQueueKey(parts.keys, queue.options, SENDING, caller);
      return sendOne(input, queue);
    },
  };
}

/** Does one SendMessage, or one entry of SendMessageBatch. */
export function sendOne(input: JsonObject, queue: Queue): Record<string, unknown> {
  const body = requireText(input, 'MessageBody');
  const attributes = parseMessageAttributes(input['MessageAttributes']);
  const delaySeconds = findNumber(input, 'DelaySeconds', { least: 0, most: LONGEST_DELAY_SECONDS });
  const { MessageDeduplicationId: deduplicationId } = input;
  if (deduplicationId !== undefined) {
    const reason = 'The request include parameter that is not valid for this queue type.';
    throw invalidValue(deduplicationId, 'MessageDeduplicationId', reason);
  }

  const { messageId, md5OfBody } = queue.send(body, attributes, delaySeconds);
  const md5OfAttributes = md5OfMessageAttributes(attributes);
  return {
    MessageId: messageId,
    MD5OfMessageBody: md5OfBody,
    ...(md5OfAttributes !== undefined && { MD5OfMessageAttributes: md5OfAttributes }),
  };
}
