import type { Clock } from '../../../clock.ts';
import { SAMPLES_PER_MS } from '../../kinesis-video/connect-fragment.ts';
import type { SimulatedKinesisVideo } from '../../kinesis-video/kinesis-video.ts';
import type { Contact } from '../contacts/contact.ts';
import { FRAGMENT_MS, fragmentWriter, SAMPLES_PER_FRAGMENT, TONE } from '../fragment-writer.ts';
import { type Irregularities, piecesOf } from './irregularities.ts';
import type { Line } from './line.ts';
import type { World } from '../world.ts';

/** Another call that is recorded on the same stream. */
const STRANGER = {
  contactId: '5e5e5e5e-0000-4000-8000-00000000dead',
  segmentUid: Buffer.alloc(16, 0x5e),
};

export interface CallAudio {
  readonly contact: Contact;
  readonly line: Line;
  readonly streamArn: string;
  /** 8 kHz, mono. Read again when fragments are read: must not be changed afterwards. */
  readonly samples: Int16Array;
  /** Whether the other track, with what the caller hears, is recorded too. */
  readonly alsoToCustomer: boolean;
  readonly irregularities?: Irregularities;
}

interface CallAudioParts {
  readonly clock: Clock;
  readonly kinesisVideo: Pick<SimulatedKinesisVideo, 'append'>;
  readonly world: World;
}

/**
 * The caller speaks, and every 1,024 ms what was said goes onto the video stream
 * as a fragment, until all is said or the call ends. The last fragment is shorter.
 *
 * The stream carries exactly the caller's samples, as far as they were spoken. The contact's recording names
 * the first and last fragment; it exists from the first fragment on.
 */
export async function speak(
  { contact, line, streamArn, samples, alsoToCustomer, irregularities = {} }: CallAudio,
  { clock, kinesisVideo, world }: CallAudioParts,
): Promise<void> {
  const startedAtMs = Math.floor(clock.now());
  const writer = fragmentWriter({ contact, streamArn, startedAtMs }, { kinesisVideo, world });
  const size = { samplesPerFragment: SAMPLES_PER_FRAGMENT, fragmentMs: FRAGMENT_MS };

  for (const piece of piecesOf(samples, size, irregularities)) {
    const { samples: toSay, shape, faults, isCut } = piece;
    const producerMs = startedAtMs + piece.atMs;
    const goesOn = await line.waitUntil(producerMs + Math.ceil(toSay.length / SAMPLES_PER_MS));
    const saidUntil = Math.floor((line.endsAtMs() - producerMs) * SAMPLES_PER_MS);
    const fromCustomer = toSay.subarray(0, Math.max(saidUntil, 0));
    if (fromCustomer.length === 0) break;

    const toCustomer = alsoToCustomer && { toCustomer: TONE.subarray(0, fromCustomer.length) };
    const fragment = { producerMs, fromCustomer, ...toCustomer, shape, faults, isCut };
    writer.record(fragment);
    if (irregularities.repeated === piece.index) writer.record(fragment);

    const { stranger } = irregularities;
    if (stranger?.after === piece.index) {
      writer.putOfAnother(STRANGER, { ...fragment, fromCustomer: stranger.samples });
    }
    if (!goesOn) break;
  }
  writer.close(clock.now());
}
