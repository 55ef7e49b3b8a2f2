import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { SimulatedKinesisVideo } from '../kinesis-video/kinesis-video.ts';
import { instanceParts, type World } from './world.ts';

/** The video streams that calls are recorded on. */
export interface StreamPool {
  /** The ARN of a stream that no other call is on: one that an earlier call was on, if there is one. */
  readonly take: () => string;
  readonly giveBack: (streamArn: string) => void;
}

/**
 * One stream per call under way, and later calls use it again: neighbours on a
 * stream are strangers to each other. The name's id is not the contact's.
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
