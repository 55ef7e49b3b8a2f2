import type { JsonOperation } from '../../../gateway/protocols.ts';
import { answerEach, entriesIn } from '../batch.ts';
import { onQueue, queueIn } from '../input.ts';
import type { SqsParts } from '../parts.ts';
import { changeOne } from './change-message-visibility.ts';

export function changeMessageVisibilityBatch(parts: SqsParts): JsonOperation {
  return {
    name: 'ChangeMessageVisibilityBatch',
    needs: onQueue('ChangeMessageVisibility', parts),
    answer(input) {
      const queue = queueIn(input, parts);
      return answerEach(entriesIn(input, 'ChangeMessageVisibilityBatchRequestEntry'), (entry) => {
        changeOne(entry, queue);
        return {};
      });
    },
  };
}
