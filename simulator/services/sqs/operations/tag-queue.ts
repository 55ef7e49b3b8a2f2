import { isJsonObject, type JsonOperation } from '../../../gateway/protocols.ts';
import { invalidParameter, missingParameter } from '../errors.ts';
import { onQueue, queueIn } from '../input.ts';
import type { SqsParts } from '../parts.ts';

/** Source: SQS developer guide, "Amazon SQS cost allocation tags". */
const MOST_TAGS = 50;

export function tagQueue(parts: SqsParts): JsonOperation {
  return {
    name: 'TagQueue',
    needs: onQueue('TagQueue', parts),
    answer(input) {
      const queue = queueIn(input, parts);
      const { Tags: added } = input;
      if (!isJsonObject(added)) throw missingParameter('Tags');
      const texts = Object.entries(added).map(([key, value]) => [key, String(value)]);
      const tags = { ...queue.options.tags, ...Object.fromEntries(texts) };
      if (Object.keys(tags).length > MOST_TAGS) {
        throw invalidParameter(`Too many tags added for queue ${queue.options.name}.`);
      }
      queue.change({ ...queue.options, tags });
      return undefined;
    },
  };
}
