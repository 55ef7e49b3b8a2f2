import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { connectFragment, SAMPLES_PER_MS } from '../kinesis-video/connect-fragment.ts';
import type { SimulatedKinesisVideo } from '../kinesis-video/kinesis-video.ts';
import type { Contact, StreamRecording } from './contact.ts';
import { type Irregularities, piecesOf } from './irregularities.ts';
import type { Line } from './line.ts';
import { instanceParts, type World } from './world.ts';

/** 16 blocks of 64 ms. */
const FRAGMENT_MS = 1024;
const SAMPLES_PER_FRAGMENT = FRAGMENT_MS * SAMPLES_PER_MS;

/** How long after the caller has begun a fragment its first bytes reach the service. */
const SERVER_LAG_MS = 92;

/** 1 kHz: what the caller hears, where that is recorded. Nobody should take it for a voice. */
export const TONE = Int16Array.from({ length: SAMPLES_PER_FRAGMENT }, (_, index) =>
  Math.round(3000 * Math.sin((index * Math.PI) / 4)),
);

/** Another call, that comes onto the same stream. */
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
 * The stream carries exactly the caller's samples, as far as they were spoken.
 * The contact's recording tells first and last fragment; there is none before the
 * first fragment is there.
 */
export async function speak(
  { contact, line, streamArn, samples, alsoToCustomer, irregularities = {} }: CallAudio,
  { clock, kinesisVideo, world }: CallAudioParts,
): Promise<void> {
  const startedAtMs = Math.floor(clock.now());
  const session = {
    contactId: contact.id,
    instanceId: instanceParts(world).instanceId,
    segmentUid: randomBytes(16),
  };
  let recording: StreamRecording | undefined;
  const size = { samplesPerFragment: SAMPLES_PER_FRAGMENT, fragmentMs: FRAGMENT_MS };

  for (const piece of piecesOf(samples, size, irregularities)) {
    const { samples: toSay, shape, faults } = piece;
    const producerMs = startedAtMs + piece.atMs;
    const serverMs = producerMs + SERVER_LAG_MS;
    const goesOn = await line.waitUntil(producerMs + Math.ceil(toSay.length / SAMPLES_PER_MS));
    const saidUntil = Math.floor((line.endsAtMs() - producerMs) * SAMPLES_PER_MS);
    const fromCustomer = toSay.subarray(0, Math.max(saidUntil, 0));
    if (fromCustomer.length === 0) break;

    const toCustomer = alsoToCustomer && { toCustomer: TONE.subarray(0, fromCustomer.length) };
    const fragment = { ...session, producerMs, serverMs, fromCustomer, ...toCustomer, shape };
    const put = (changes: Partial<typeof fragment> = {}) =>
      kinesisVideo.append(streamArn, {
        bytes: (fragmentNumber) => {
          const bytes = connectFragment({ ...fragment, ...changes, fragmentNumber });
          return piece.isCut ? bytes.subarray(0, Math.ceil(bytes.length * 0.75)) : bytes;
        },
        producerMs,
        serverMs,
        lengthMs: Math.ceil(fromCustomer.length / SAMPLES_PER_MS),
        faults,
      });
    const numbers = [put()];
    if (irregularities.repeated === piece.index) numbers.push(put());
    recording ??= begun(contact, { streamArn, firstFragment: numbers[0] ?? '', startedAtMs });
    recording.lastFragment = numbers.at(-1) ?? '';
    recording.stoppedAtMs = clock.now();

    const { stranger } = irregularities;
    if (stranger?.after === piece.index) put({ ...STRANGER, fromCustomer: stranger.samples });
    if (!goesOn) break;
  }
}

function begun(
  contact: Contact,
  start: Pick<StreamRecording, 'streamArn' | 'firstFragment' | 'startedAtMs'>,
): StreamRecording {
  const recording: StreamRecording = {
    kind: 'stream',
    ...start,
    lastFragment: start.firstFragment,
    stoppedAtMs: start.startedAtMs,
  };
  contact.recordings.push(recording);
  return recording;
}
