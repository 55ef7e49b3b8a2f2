import type { JsonOperation } from '../../../gateway/protocols.ts';
import { onQueue, queueIn } from '../input.ts';
import type { SqsParts } from '../parts.ts';

/** ListQueueTags. Without any, there is no member in the answer. */
export function listQueueTags(parts: SqsParts): JsonOperation {
  return {
    name: 'ListQueueTags',
    needs: onQueue('ListQueueTags', parts),
    answer(input) {
      const { tags } = queueIn(input, parts).options;
      return Object.keys(tags).length === 0 ? undefined : { Tags: tags };
    },
  };
}
