import type { JsonOperation } from '../../../gateway/protocols.ts';
import { countIn, onStream, streamArnIn } from '../input.ts';
import type { KinesisParts } from '../parts.ts';

/** Source: Kinesis Data Streams API reference, ListTagsForStream, Limit. */
const MOST_TAGS = 50;

/** ListTagsForStream: by key, from the one after `ExclusiveStartTagKey`. */
export function listTagsForStream(parts: KinesisParts): JsonOperation {
  return {
    name: 'ListTagsForStream',
    needs: onStream('ListTagsForStream', parts),
    answer(input, request) {
      const { tags } = parts.stream(streamArnIn(input, request, parts));
      const limit = countIn(input, { name: 'Limit', most: MOST_TAGS, fallback: MOST_TAGS });
      const { ExclusiveStartTagKey: after } = input;
      const remaining = [...tags]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .filter(([key]) => typeof after !== 'string' || key > after);
      return {
        Tags: remaining.slice(0, limit).map(([Key, Value]) => ({ Key, Value })),
        HasMoreTags: remaining.length > limit,
      };
    },
  };
}
