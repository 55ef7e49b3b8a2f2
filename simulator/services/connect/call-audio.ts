import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { connectFragment, SAMPLES_PER_MS } from '../kinesis-video/connect-fragment.ts';
import type { SimulatedKinesisVideo } from '../kinesis-video/kinesis-video.ts';
import type { Contact, StreamRecording } from './contact.ts';
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

export interface CallAudio {
  readonly contact: Contact;
  readonly line: Line;
  readonly streamArn: string;
  /** 8 kHz, mono. Read again when fragments are read: must not be changed afterwards. */
  readonly samples: Int16Array;
  /** Whether the other track, with what the caller hears, is recorded too. */
  readonly alsoToCustomer: boolean;
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
  { contact, line, streamArn, samples, alsoToCustomer }: CallAudio,
  { clock, kinesisVideo, world }: CallAudioParts,
): Promise<void> {
  const startedAtMs = Math.floor(clock.now());
  const session = {
    contactId: contact.id,
    instanceId: instanceParts(world).instanceId,
    segmentUid: randomBytes(16),
  };
  let recording: StreamRecording | undefined;
  let goesOn = true;

  for (let start = 0; goesOn && start < samples.length; start += SAMPLES_PER_FRAGMENT) {
    const toSay = samples.subarray(start, start + SAMPLES_PER_FRAGMENT);
    const producerMs = startedAtMs + start / SAMPLES_PER_MS;
    const serverMs = producerMs + SERVER_LAG_MS;
    goesOn = await line.waitUntil(producerMs + Math.ceil(toSay.length / SAMPLES_PER_MS));
    const saidUntil = Math.floor((line.endsAtMs() - producerMs) * SAMPLES_PER_MS);
    const fromCustomer = toSay.subarray(0, Math.max(saidUntil, 0));
    if (fromCustomer.length === 0) break;

    const toCustomer = alsoToCustomer && { toCustomer: TONE.subarray(0, fromCustomer.length) };
    const fragment = { ...session, producerMs, serverMs, fromCustomer, ...toCustomer };
    const number = kinesisVideo.append(streamArn, {
      bytes: (fragmentNumber) => connectFragment({ ...fragment, fragmentNumber }),
      producerMs,
      serverMs,
      lengthMs: Math.ceil(fromCustomer.length / SAMPLES_PER_MS),
    });
    recording ??= begun(contact, { streamArn, firstFragment: number, startedAtMs });
    recording.lastFragment = number;
    recording.stoppedAtMs = clock.now();
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
