import type { KinesisVideoParts } from '../parts.ts';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { requireStream } from '../input.ts';
import { streamInfo } from '../stream-info.ts';

/** A stream's settings. Readers use `DataRetentionInHours`. */
export function describeStream({ streams }: KinesisVideoParts): Pick<RestOperation, 'path' | 'answer'> {
  return {
    path: '/describeStream',
    answer: ({ input }) => ({ StreamInfo: streamInfo(requireStream(input, streams)) }),
  };
}
