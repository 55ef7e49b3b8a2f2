import { isJsonObject, type JsonObject, type JsonOperation } from '../../../gateway/protocols.ts';
import { invalidArgument, onStream, streamArnIn, violated } from '../input.ts';
import type { KinesisParts } from '../parts.ts';

/** Source: Kinesis Data Streams API reference, AddTagsToStream. */
const MOST_TAGS = 50;

export function addTagsToStream(parts: KinesisParts): JsonOperation {
  return {
    name: 'AddTagsToStream',
    needs: onStream('AddTagsToStream', parts),
    answer(input, request) {
      const { tags } = parts.stream(streamArnIn(input, request, parts));
      const added = tagsIn(input);
      if (new Set([...tags.keys(), ...added.keys()]).size > MOST_TAGS) {
        throw invalidArgument(`A stream has at most ${MOST_TAGS} tags.`);
      }
      for (const [key, value] of added) tags.set(key, value);
      return undefined;
    },
  };
}

function tagsIn({ Tags: tags }: JsonObject): ReadonlyMap<string, string> {
  if (!isJsonObject(tags)) throw violated(tags, 'tags', 'Member must not be null');
  return new Map(Object.entries(tags).map(([key, value]) => [key, String(value)]));
}
