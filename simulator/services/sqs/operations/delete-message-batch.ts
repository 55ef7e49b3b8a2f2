import type { JsonOperation } from '../../../gateway/protocols.ts';
import { answerEach, entriesIn } from '../batch.ts';
import { onQueue, queueIn, requireText } from '../input.ts';
import type { SqsParts } from '../parts.ts';

export function deleteMessageBatch(parts: SqsParts): JsonOperation {
  return {
    name: 'DeleteMessageBatch',
    needs: onQueue('DeleteMessage', parts),
    answer(input) {
      const queue = queueIn(input, parts);
      return answerEach(entriesIn(input, 'DeleteMessageBatchRequestEntry'), (entry) => {
        queue.remove(requireText(entry, 'ReceiptHandle'));
        return {};
      });
    },
  };
}
