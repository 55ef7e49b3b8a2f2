import type { JsonOperation } from '../../../gateway/protocols.ts';
import { onQueue, queueIn, textsIn } from '../input.ts';
import type { SqsParts } from '../parts.ts';

/** UntagQueue. A tag that is not there is no error. */
export function untagQueue(parts: SqsParts): JsonOperation {
  return {
    name: 'UntagQueue',
    needs: onQueue('UntagQueue', parts),
    answer(input) {
      const queue = queueIn(input, parts);
      const gone = textsIn(input, 'TagKeys');
      const left = Object.entries(queue.options.tags).filter(([key]) => !gone.includes(key));
      queue.change({ ...queue.options, tags: Object.fromEntries(left) });
      return undefined;
    },
  };
}
