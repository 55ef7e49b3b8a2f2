import type { RestOperation } from '../../../gateway/protocols.ts';
import { pageOf } from '../../../page.ts';
import { invalidArgument, requireStream } from '../input.ts';
import type { KinesisVideoParts } from '../parts.ts';

/** A stream has at most so many. Source: Kinesis Video Streams API reference, TagStream. */
const MOST_TAGS = 50;

export function listTagsForStream({ streams }: KinesisVideoParts): Pick<RestOperation, 'path' | 'answer'> {
  return {
    path: '/listTagsForStream',
    answer({ input }) {
      const { arn, tags } = requireStream(input, streams);
      const { NextToken: token } = input;
      const { items } = pageOf([...tags], {
        of: arn,
        token: typeof token === 'string' ? token : undefined,
        size: MOST_TAGS,
        invalid: () => invalidArgument('NextToken is not valid.'),
      });
      return { Tags: Object.fromEntries(items), NextToken: null };
    },
  };
}
