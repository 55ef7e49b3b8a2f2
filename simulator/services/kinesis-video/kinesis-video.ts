import type { Clock } from '../../clock.ts';
import { restJsonService } from '../../gateway/protocols.ts';
import type { Service } from '../../service.ts';
import { kinesisVideoOperations } from './operations.ts';
import type { KinesisVideoParts } from './parts.ts';
import { createVideoStreams, type NewFragment, type NewStream } from './streams.ts';

export interface KinesisVideoOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** The URL of the gateway's second port. Called for each request. */
  readonly mediaEndpoint: () => string;
  /** Whether more than five calls a second of one operation on one stream are refused. */
  readonly throttle?: boolean;
  /** The Region of streams that a request names and that do not exist. */
  readonly region?: string;
}

export interface SimulatedKinesisVideo {
  readonly service: Service;
  readonly createStream: (stream: NewStream) => void;
  /** Puts a fragment onto a stream. Returns its number. */
  readonly append: (streamArn: string, fragment: NewFragment) => string;
}

/**
 * Kinesis Video Streams, for readers of audio, and for producers that send it in one piece.
 *
 * It keeps the bytes of fragments unchanged during the stream's retention. Producers in the simulator call `append`.
 * Not simulated: a producer that sends while it records and reads acknowledgements meanwhile, waiting for what comes
 * (GetMedia), playback sessions, clips, images, signaling, changing streams, limits on connections and bandwidth,
 * encryption.
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
