import type { JsonOperation } from '../../../gateway/protocols.ts';
import { onStream, streamArnIn, violated } from '../input.ts';
import type { KinesisParts } from '../parts.ts';

/** RemoveTagsFromStream. A tag that is not there is no error. */
export function removeTagsFromStream(parts: KinesisParts): JsonOperation {
  return {
    name: 'RemoveTagsFromStream',
    needs: onStream('RemoveTagsFromStream', parts),
    answer(input, request) {
      const { tags } = parts.stream(streamArnIn(input, request, parts));
      const { TagKeys: keys } = input;
      if (!Array.isArray(keys)) throw violated(keys, 'tagKeys', 'Member must not be null');
      for (const key of keys) tags.delete(String(key));
      return undefined;
    },
  };
}
