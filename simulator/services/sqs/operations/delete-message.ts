import type { JsonOperation } from '../../../gateway/protocols.ts';
import { onQueue, queueIn, requireText } from '../input.ts';
import type { SqsParts } from '../parts.ts';

export function deleteMessage(parts: SqsParts): JsonOperation {
  return {
    name: 'DeleteMessage',
    needs: onQueue('DeleteMessage', parts),
    answer: (input) => queueIn(input, parts).remove(requireText(input, 'ReceiptHandle')),
  };
}
