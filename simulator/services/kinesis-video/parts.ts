import type { VideoStreams } from './streams.ts';

/** What the operations work on. */
export interface KinesisVideoParts {
  readonly streams: VideoStreams;
  readonly mediaEndpoint: () => string;
}
