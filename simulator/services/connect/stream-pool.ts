import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { SimulatedKinesisVideo } from '../kinesis-video/kinesis-video.ts';
import { type InstanceStorage, streamNameAfterPrefix } from './storage/instance-storage.ts';
import { instanceParts, type World } from './world.ts';

/** The video streams that calls are recorded on. */
export interface StreamPool {
  /**
   * The ARN of a stream that no current call uses: one that an earlier call used, if there is one with today's
   * prefix. Throws an Error if live media streaming is off: the simulator's own mistake.
   */
  readonly take: () => string;
  readonly giveBack: (streamArn: string) => void;
}

/**
 * One stream for each current call, and later calls use it again: fragments of unrelated calls are next to
 * each other. The id in the name is not the contact's. A stream keeps the retention and the key that were set
 * when it was made.
 */
export function createStreamPool({
  clock,
  kinesisVideo,
  world,
  storage,
  existing = [],
}: {
  clock: Pick<Clock, 'now'>;
  kinesisVideo: Pick<SimulatedKinesisVideo, 'createStream'>;
  world: World;
  storage: Pick<InstanceStorage, 'mediaStreams'>;
  /** ARNs of streams that earlier calls were on. */
  existing?: readonly string[] | undefined;
}): StreamPool {
  const free = [...existing];
  const { partition, region, accountId } = instanceParts(world);
  const arnOf = (name: string) => `arn:${partition}:kinesisvideo:${region}:${accountId}:stream/${name}`;

  return {
    take() {
      const media = storage.mediaStreams();
      if (!media) throw new Error('nothing can be streamed: live media streaming is off');
      const { prefix, retentionHours, keyArn } = media;
      const beginning = `${prefix}${streamNameAfterPrefix(world.alias)}`;
      const used = free.findLastIndex((arn) => arn.startsWith(arnOf(beginning)));
      const [again] = used < 0 ? [] : free.splice(used, 1);
      if (again !== undefined) return again;
      const arn = `${arnOf(`${beginning}${randomUUID()}`)}/${Math.floor(clock.now())}`;
      kinesisVideo.createStream({ arn, retentionHours, keyArn });
      return arn;
    },
    giveBack: (streamArn) => void free.push(streamArn),
  };
}
