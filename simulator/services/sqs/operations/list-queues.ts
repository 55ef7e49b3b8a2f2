import type { JsonOperation } from '../../../gateway/protocols.ts';
import { urlPage } from '../input.ts';
import type { SqsParts } from '../parts.ts';

/** ListQueues: all, or those whose names begin with something. Without any, there is no list in the answer. */
export function listQueues({ queues, queueUrl }: SqsParts): JsonOperation {
  return {
    name: 'ListQueues',
    needs: () => [{ action: 'sqs:ListQueues', resource: '*' }],
    answer(input) {
      const { QueueNamePrefix: prefix = '' } = input;
      const urls = [...queues.values()]
        .map(({ options }) => options)
        .filter(({ name }) => name.startsWith(String(prefix)))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ arn }) => queueUrl(arn));
      return urlPage(input, { name: 'QueueUrls', of: `queues ${String(prefix)}`, urls });
    },
  };
}
