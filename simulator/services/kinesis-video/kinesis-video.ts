import type { KinesisVideoParts } from './parts.ts';
import type { Clock } from '../../clock.ts';
import { restJsonService, type RestOperation } from '../../gateway/protocols.ts';
import { AwsError, type ApiRequest, type Service } from '../../service.ts';
import { describeStream } from './operations/describe-stream.ts';
import { getDataEndpoint } from './operations/get-data-endpoint.ts';
import { getMediaForFragmentList } from './operations/get-media-for-fragment-list.ts';
import { listFragments } from './operations/list-fragments.ts';
import { streamPermission } from './request.ts';
import { createVideoStreams, type NewFragment, type NewStream } from './streams.ts';
import { tokenBuckets } from '../../token-bucket.ts';

/** Per stream and operation. Source: Kinesis Video Streams quotas. */
const REQUESTS_PER_SECOND = 5;

export interface KinesisVideoOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** The gateway's second port, as a URL. Asked when a client asks. */
  readonly mediaEndpoint: () => string;
  /** Whether more than five calls a second of one operation on one stream are refused. */
  readonly throttle?: boolean;
  /** Where streams are that are named and not known. */
  readonly region?: string;
}

export interface SimulatedKinesisVideo {
  readonly service: Service;
  readonly createStream: (stream: NewStream) => void;
  /** Puts a fragment onto a stream. Answers its number. */
  readonly append: (streamArn: string, fragment: NewFragment) => string;
}

/**
 * Kinesis Video Streams, as a reader of archived audio sees it.
 *
 * It keeps fragments as the bytes it was given, for as long as the stream's
 * retention says. It does not do: producing over the API (PutMedia; producers in
 * the simulator call `append`), live reading (GetMedia), playback sessions, clips,
 * images, signaling, changing or listing streams, limits on connections and
 * bandwidth, encryption.
 */
export function createKinesisVideo({
  clock,
  mediaEndpoint,
  throttle = false,
  region = 'us-east-1',
}: KinesisVideoOptions): SimulatedKinesisVideo {
  const streams = createVideoStreams(clock);
  const parts: KinesisVideoParts = { streams, mediaEndpoint };
  const takeToken = tokenBuckets({ clock, perSecond: REQUESTS_PER_SECOND, burst: REQUESTS_PER_SECOND });

  /** Adds what all operations have in common: where, by whom and how often they may be called. */
  function operation(
    name: string,
    port: ApiRequest['port'],
    { path, answer }: Pick<RestOperation, 'path' | 'answer'>,
  ): RestOperation {
    return {
      name,
      method: 'POST',
      path,
      needs(call) {
        if (call.request.port !== port) throw wrongEndpoint(name, port);
        return [streamPermission(name, call, { streams, region })];
      },
      answer(call) {
        const { resource } = streamPermission(name, call, { streams, region });
        if (streams.refuses(resource)) throw limitExceeded();
        if (throttle && !takeToken(`${name} ${resource}`)) throw limitExceeded();
        return answer(call);
      },
    };
  }

  return {
    service: restJsonService({
      name: 'kinesisvideo',
      operations: [
        operation('GetDataEndpoint', 'main', getDataEndpoint(parts)),
        operation('DescribeStream', 'main', describeStream(parts)),
        operation('ListFragments', 'media', listFragments(parts)),
        operation('GetMediaForFragmentList', 'media', getMediaForFragmentList(parts)),
      ],
    }),
    createStream: streams.createStream,
    append: streams.append,
  };
}

function wrongEndpoint(operation: string, port: ApiRequest['port']): AwsError {
  const where = port === 'media' ? 'at the endpoint that GetDataEndpoint names' : 'at the main endpoint';
  return new AwsError('UnknownOperationException', 404, `${operation} is answered only ${where}.`);
}

/** 400, not 429, so that no SDK retries it. */
function limitExceeded(): AwsError {
  const message = 'Kinesis Video Streams has throttled the request because you have exceeded a limit.';
  return new AwsError('ClientLimitExceededException', 400, message);
}
