import type { KinesisVideoParts } from '../parts.ts';
import { AwsError } from '../../../service.ts';
import { apiAnswer, type JsonObject, type RestOperation } from '../../../gateway/protocols.ts';
import { fragmentNotFound } from '../error-document.ts';
import { invalidArgument, requireStream } from '../input.ts';
import type { VideoStream, VideoStreams } from '../streams.ts';

/** Source: API reference, GetMediaForFragmentList, Fragments: 1 to 1000 of these. */
const MOST_FRAGMENTS = 1000;
const FRAGMENT_NUMBER = /^[0-9]{1,128}$/;

/**
 * The media of fragments, in the order asked for, written while it is read.
 *
 * The answer begins with 200 before the first fragment is looked up. For a missing or expired fragment it
 * contains an error document, and then ends.
 */
export function getMediaForFragmentList({
  streams,
}: KinesisVideoParts): Pick<RestOperation, 'path' | 'answer'> {
  return {
    path: '/getMediaForFragmentList',
    answer({ input }) {
      const stream = requireStream(input, streams);
      const fragmentNumbers = fragmentNumbersOf(input);
      return apiAnswer({
        status: 200,
        headers: { 'content-type': 'video/webm' },
        body: media(fragmentNumbers, stream, streams),
      });
    },
  };
}

async function* media(
  fragmentNumbers: readonly string[],
  stream: VideoStream,
  streams: VideoStreams,
): AsyncGenerator<Uint8Array> {
  for (const number of fragmentNumbers) {
    const fragment = streams.findFragment(stream, number);
    if (!fragment || fragment.isMissing()) {
      yield fragmentNotFound(number);
      return;
    }
    const bytes = fragment.bytes();
    if (fragment.isBroken()) {
      yield bytes.subarray(0, bytes.length / 2);
      // The answer has begun, so the gateway can only cut the connection.
      throw new AwsError('InternalFailure', 500, `The connection broke in fragment ${number}.`);
    }
    yield bytes;
  }
}

function fragmentNumbersOf({ Fragments: list }: JsonObject): string[] {
  if (!Array.isArray(list) || list.length === 0 || list.length > MOST_FRAGMENTS) {
    throw invalidArgument(`Fragments must list 1 to ${MOST_FRAGMENTS} fragment numbers.`);
  }
  return list.map((number: unknown) => {
    if (typeof number === 'string' && FRAGMENT_NUMBER.test(number)) return number;
    throw invalidArgument('Fragment numbers are invalid.');
  });
}
