import type { Clock } from '../../clock.ts';
import type { VideoStreams } from './streams.ts';

/** What the operations work on. */
export interface KinesisVideoParts {
  readonly clock: Pick<Clock, 'now'>;
  readonly streams: VideoStreams;
  /** The URL of the gateway's second port. Called for each request. */
  readonly mediaEndpoint: () => string;
  /** The Region of streams that a request names and that do not exist. */
  readonly region: string;
  /** Whether more than five calls a second of one operation on one stream are refused. */
  readonly throttle: boolean;
}
