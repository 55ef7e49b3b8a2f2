import type { Clock } from '../../../clock.ts';
import type { SimulatedKinesisVideo } from '../../kinesis-video/kinesis-video.ts';
import type { Contact } from '../contacts/contact.ts';
import { fragmentWriter } from '../fragment-writer.ts';
import type { StreamPool } from '../stream-pool.ts';
import type { World } from '../world.ts';
import type { CallTime } from './call-time.ts';
import { playedBetween, saidBetween, type Span, type Utterance } from './line-audio.ts';
import { openLiveStream } from './live-stream.ts';
import type { StreamDirection } from './voice.ts';

/** Live media streaming of one line. */
export interface LineStreaming {
  /** Does nothing if streaming runs. */
  readonly start: (contact: Contact, directions: readonly StreamDirection[]) => void;
  /** Returns the directions that were streamed; undefined if streaming did not run. */
  readonly stop: () => readonly StreamDirection[] | undefined;
}

interface LineStreamingParts {
  readonly clock: Clock;
  readonly kinesisVideo: Pick<SimulatedKinesisVideo, 'append'>;
  readonly streams: StreamPool;
  readonly world: World;
  readonly time: CallTime;
  /** What the caller says and hears. Both lists grow. */
  readonly utterances: readonly Utterance[];
  readonly heard: readonly Span[];
}

export function createLineStreaming(parts: LineStreamingParts): LineStreaming {
  const { clock, streams, time, utterances, heard } = parts;
  let running: { readonly directions: readonly StreamDirection[]; readonly stop: () => void } | undefined;

  function start(contact: Contact, directions: readonly StreamDirection[]): void {
    if (running) return;
    const streamArn = streams.take();
    const startedAtMs = time.now();
    const close = openLiveStream({
      clock,
      writer: fragmentWriter({ contact, streamArn, startedAtMs }, parts),
      startedAtMs,
      fromCustomer: (span) =>
        directions.includes('From') ? saidBetween(utterances, span) : new Int16Array(),
      ...(directions.includes('To') && { toCustomer: (span) => playedBetween(heard, span) }),
    });
    const end = () => {
      close(time.now());
      streams.giveBack(streamArn);
    };
    running = { directions, stop: end };
  }

  return {
    start,
    stop() {
      const directions = running?.directions;
      running?.stop();
      running = undefined;
      return directions;
    },
  };
}
