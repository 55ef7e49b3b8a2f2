import { isJsonObject, type RestOperation } from '../../../gateway/protocols.ts';
import { invalidArgument, requireStream } from '../input.ts';
import type { KinesisVideoParts } from '../parts.ts';

export function tagStream({ streams }: KinesisVideoParts): Pick<RestOperation, 'path' | 'answer'> {
  return {
    path: '/tagStream',
    answer({ input }) {
      const { tags } = requireStream(input, streams);
      const { Tags: added } = input;
      if (!isJsonObject(added)) throw invalidArgument('Tags is required.');
      for (const [key, value] of Object.entries(added)) tags.set(key, String(value));
      return undefined;
    },
  };
}
