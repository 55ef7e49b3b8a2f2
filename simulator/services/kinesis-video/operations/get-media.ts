import { apiAnswer, type JsonObject, type RestOperation } from '../../../gateway/protocols.ts';
import { findObject, invalidArgument, requireStream, requireTimeMs } from '../input.ts';
import { tags } from '../matroska.ts';
import type { KinesisVideoParts } from '../parts.ts';
import type { StoredFragment, VideoStream } from '../streams.ts';

/**
 * The media of a stream from a place on, a document for each fragment. After each there are the service's tags:
 * how far behind now it is, and the token with which reading goes on after it.
 *
 * Not as on AWS: the answer ends with the last fragment that is there, and does not wait for others.
 * Source: Kinesis Video Streams API reference, GetMedia and StartSelector.
 */
export function getMedia({ streams, clock }: KinesisVideoParts): Pick<RestOperation, 'path' | 'answer'> {
  return {
    path: '/getMedia',
    answer({ input }) {
      const stream = requireStream(input, streams);
      const selector = findObject(input, 'StartSelector');
      if (!selector) throw invalidArgument('StartSelector is required.');
      const fragments = streams.fragments(stream);
      return apiAnswer({
        status: 200,
        headers: { 'content-type': 'video/webm' },
        body: media(fragments.slice(startOf(selector, fragments, stream)), clock),
      });
    },
  };
}

async function* media(
  fragments: readonly StoredFragment[],
  clock: KinesisVideoParts['clock'],
): AsyncGenerator<Uint8Array> {
  for (const { number, serverMs, lengthMs, bytes } of fragments) {
    const behindMs = Math.max(Math.round(clock.now() - serverMs - lengthMs), 0);
    yield bytes();
    yield tags(
      [
        ['AWS_KINESISVIDEO_MILLIS_BEHIND_NOW', String(behindMs)],
        ['AWS_KINESISVIDEO_CONTINUATION_TOKEN', number],
      ],
      4,
    );
  }
}

/** The place of the first fragment. */
function startOf(selector: JsonObject, fragments: readonly StoredFragment[], stream: VideoStream): number {
  const { StartSelectorType: type, AfterFragmentNumber: after, ContinuationToken: token } = selector;
  switch (type) {
    case 'EARLIEST':
      return 0;
    case 'NOW':
      return Math.max(fragments.length - 1, 0);
    case 'FRAGMENT_NUMBER':
      return placeAfter(after, 'AfterFragmentNumber', { fragments, stream });
    case 'CONTINUATION_TOKEN':
      return placeAfter(token, 'ContinuationToken', { fragments, stream });
    case 'PRODUCER_TIMESTAMP':
    case 'SERVER_TIMESTAMP': {
      const atMs = requireTimeMs(selector, 'StartTimestamp');
      const startMs = type === 'SERVER_TIMESTAMP' ? 'serverMs' : 'producerMs';
      const place = fragments.findIndex((fragment) => fragment[startMs] + fragment.lengthMs > atMs);
      return place === -1 ? fragments.length : place;
    }
    default:
      throw invalidArgument(
        'StartSelectorType must be one of FRAGMENT_NUMBER, SERVER_TIMESTAMP, PRODUCER_TIMESTAMP, NOW, EARLIEST, CONTINUATION_TOKEN.',
      );
  }
}

function placeAfter(
  number: unknown,
  name: string,
  { fragments, stream }: { fragments: readonly StoredFragment[]; stream: VideoStream },
): number {
  const place = fragments.findIndex((fragment) => fragment.number === number);
  if (place >= 0) return place + 1;
  throw invalidArgument(`${name} names no fragment of the stream ${stream.name}.`);
}
