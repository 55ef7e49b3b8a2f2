import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { SimulatedKinesisVideo } from '../kinesis-video/kinesis-video.ts';
import { instanceParts, type World } from './world.ts';

/** The video streams that calls are recorded on. */
export interface StreamPool {
  /** The ARN of a stream that no current call uses: one that an earlier call used, if there is one. */
  readonly take: () => string;
  readonly giveBack: (streamArn: string) => void;
}

/**
 * One stream for each current call, and later calls use it again: fragments of unrelated calls are next to
 * each other. The id in the name is not the contact's.
 */
export function createStreamPool({
  clock,
  kinesisVideo,
  world,
}: {
  clock: Pick<Clock, 'now'>;
  kinesisVideo: Pick<SimulatedKinesisVideo, 'createStream'>;
  world: World;
}): StreamPool {
  const free: string[] = [];
  const { partition, region, accountId } = instanceParts(world);

  function created(): string {
    const name = `${world.mediaStreamPrefix}-connect-${world.alias}-contact-${randomUUID()}`;
    const arn = `arn:${partition}:kinesisvideo:${region}:${accountId}:stream/${name}/${Math.floor(clock.now())}`;
    kinesisVideo.createStream({ arn, retentionHours: world.mediaRetentionHours });
    return arn;
  }

  return {
    take: () => free.pop() ?? created(),
    giveBack: (streamArn) => void free.push(streamArn),
  };
}
