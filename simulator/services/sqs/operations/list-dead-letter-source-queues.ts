import type { JsonOperation } from '../../../gateway/protocols.ts';
import { onQueue, queueIn, urlPage } from '../input.ts';
import type { SqsParts } from '../parts.ts';
import { sourcesOf } from '../source-queues.ts';

/** ListDeadLetterSourceQueues: the queues whose dead letters a queue gets. */
export function listDeadLetterSourceQueues(parts: SqsParts): JsonOperation {
  return {
    name: 'ListDeadLetterSourceQueues',
    needs: onQueue('ListDeadLetterSourceQueues', parts),
    answer(input) {
      const { arn } = queueIn(input, parts).options;
      const urls = sourcesOf(arn, parts).map(parts.queueUrl).toSorted();
      const page = urlPage(input, { name: 'queueUrls', of: `sources of ${arn}`, urls });
      return { queueUrls: [], ...page };
    },
  };
}
