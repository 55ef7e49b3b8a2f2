import type { Clock } from '../../clock.ts';
import type { VideoStreams } from './streams.ts';

/** What the operations work on. */
export interface KinesisVideoParts {
  readonly clock: Pick<Clock, 'now'>;
  readonly streams: VideoStreams;
  /** The gateway's second port, as a URL. Asked when a client asks. */
  readonly mediaEndpoint: () => string;
  /** Where streams are that are named and not known. */
  readonly region: string;
  /** Whether more than five calls a second of one operation on one stream are refused. */
  readonly throttle: boolean;
}
