import type { RestOperation } from '../../../gateway/protocols.ts';
import { requireStream } from '../input.ts';
import type { KinesisVideoParts } from '../parts.ts';

/** Removes a stream with its media, at once. */
export function deleteStream({ streams }: KinesisVideoParts): Pick<RestOperation, 'path' | 'answer'> {
  return {
    path: '/deleteStream',
    answer({ input: { StreamARN } }) {
      streams.deleteStream(requireStream({ StreamARN }, streams));
      return undefined;
    },
  };
}
