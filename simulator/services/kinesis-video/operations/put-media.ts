import { apiAnswer, type RestCall, type RestOperation } from '../../../gateway/protocols.ts';
import { invalidArgument, requireStream, streamPermission } from '../input.ts';
import { tags } from '../matroska.ts';
import type { KinesisVideoParts } from '../parts.ts';
import { type SentFragment, splitMedia } from '../split-media.ts';

const MOST_FRAGMENTS_AT_ONCE = 5;

/**
 * Takes fragments from a producer. Each is stored as a document of its own, with the service's tags before its Cluster.
 * The answer has the acknowledgements of all of them: here it begins when the whole body is there.
 *
 * Source: API reference, PutMedia; developer guide, "Limits": five fragments a second.
 */
export function putMedia(
  parts: KinesisVideoParts,
): Pick<RestOperation, 'path' | 'blob' | 'needs' | 'answer'> {
  const { streams, clock } = parts;
  return {
    path: '/putMedia',
    blob: true,
    needs: (call) => [streamPermission('PutMedia', named(call), parts)],
    answer(call) {
      const { headers, body } = call.request;
      const stream = requireStream(named(call).input, streams);
      if (headers['x-amzn-fragment-timecode-type'] !== 'ABSOLUTE')
        throw invalidArgument('Only fragments with ABSOLUTE time codes are simulated.');
      const { head, fragments } = splitMedia(body);
      if (fragments.length > MOST_FRAGMENTS_AT_ONCE)
        throw invalidArgument(`${fragments.length} fragments in a second are too many.`);
      const serverMs = clock.now();
      const stored = fragments.map((fragment) => ({
        fragment,
        number: streams.append(stream.arn, {
          bytes: (number) => document(head, fragment, { number, serverMs }),
          producerMs: fragment.timeMs,
          serverMs,
          lengthMs: fragment.lengthMs,
        }),
      }));
      return apiAnswer({
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: stored
          .flatMap(({ fragment, number }) =>
            ['RECEIVED', 'PERSISTED'].map((type) => acknowledged(type, fragment, number)),
          )
          .join('\n'),
      });
    },
  };
}

/** PutMedia names its stream in headers. */
function named(call: RestCall): RestCall {
  const { headers } = call.request;
  const { 'x-amzn-stream-name': StreamName, 'x-amzn-stream-arn': StreamARN } = headers;
  const input = { ...(StreamName && { StreamName }), ...(StreamARN && { StreamARN }) };
  return { ...call, input };
}

function document(
  head: Uint8Array,
  { timeMs, cluster, tags: own }: SentFragment,
  { number, serverMs }: { number: string; serverMs: number },
): Uint8Array {
  const service = tags(
    [
      ['AWS_KINESISVIDEO_FRAGMENT_NUMBER', number],
      ['AWS_KINESISVIDEO_SERVER_TIMESTAMP', (serverMs / 1000).toFixed(3)],
      ['AWS_KINESISVIDEO_PRODUCER_TIMESTAMP', (timeMs / 1000).toFixed(3)],
    ],
    4,
  );
  return Buffer.concat([head, service, cluster, ...own]);
}

function acknowledged(EventType: string, { timeMs }: SentFragment, FragmentNumber: string): string {
  return JSON.stringify({ EventType, FragmentTimecode: timeMs, FragmentNumber });
}
