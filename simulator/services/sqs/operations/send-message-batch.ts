import type { JsonOperation } from '../../../gateway/protocols.ts';
import { answerEach, entriesIn } from '../batch.ts';
import { askQueueKey, SENDING } from '../encryption.ts';
import { refused } from '../errors.ts';
import { onQueue, queueIn, requireText } from '../input.ts';
import type { SqsParts } from '../parts.ts';
import { parseMessageAttributes, sizeBytesOf } from '../message-attributes.ts';
import { MOST_MESSAGE_BYTES } from '../message.ts';
import { sendOne } from './send-message.ts';

/** SendMessageBatch. All entries together must not be bigger than one message. */
export function sendMessageBatch(parts: SqsParts): JsonOperation {
  return {
    name: 'SendMessageBatch',
    needs: onQueue('SendMessage', parts),
    answer(input, { caller }) {
      const queue = queueIn(input, parts);
      askQueueKey(parts.keys, queue.options, SENDING, caller);
      const entries = entriesIn(input, 'SendMessageBatchRequestEntry');
      const bytes = entries.reduce((sum, entry) => {
        const attributes = parseMessageAttributes(entry['MessageAttributes']);
        return sum + Buffer.byteLength(requireText(entry, 'MessageBody')) + sizeBytesOf(attributes);
      }, 0);
      if (bytes > MOST_MESSAGE_BYTES) {
        const message = `Batch requests cannot be longer than ${MOST_MESSAGE_BYTES} bytes. You have sent ${bytes} bytes.`;
        throw refused('BatchRequestTooLong', message);
      }
      return answerEach(entries, (entry) => sendOne(entry, queue));
    },
  };
}
