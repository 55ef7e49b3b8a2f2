import type { Clock } from '../../clock.ts';
import { restJsonService } from '../../gateway/protocols.ts';
import type { Service } from '../../service.ts';
import { kinesisVideoOperations } from './operations.ts';
import type { KinesisVideoParts } from './parts.ts';
import { createVideoStreams, type NewFragment, type NewStream } from './streams.ts';

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
  const parts: KinesisVideoParts = { clock, streams, mediaEndpoint, region, throttle };
  return {
    service: restJsonService({ name: 'kinesisvideo', operations: kinesisVideoOperations(parts) }),
    createStream: streams.createStream,
    append: streams.append,
  };
}
