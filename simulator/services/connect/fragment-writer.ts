import { randomBytes } from 'node:crypto';
import { connectFragment, type ConnectFragment, SAMPLES_PER_MS } from '../kinesis-video/connect-fragment.ts';
import type { FragmentFaults } from '../kinesis-video/faults.ts';
import type { SimulatedKinesisVideo } from '../kinesis-video/kinesis-video.ts';
import type { Contact, StreamRecording } from './contacts/contact.ts';
import { instanceParts, type World } from './world.ts';

/** 16 blocks of 64 ms. */
export const FRAGMENT_MS = 1024;
export const SAMPLES_PER_FRAGMENT = FRAGMENT_MS * SAMPLES_PER_MS;

/** The time from the first sample of a fragment until its first bytes reach the service. */
const SERVER_LAG_MS = 92;

/** 1 kHz: stands for what the caller hears, if that is recorded. It cannot be taken for a voice. */
export const TONE = Int16Array.from({ length: SAMPLES_PER_FRAGMENT }, (_, index) =>
  Math.round(3000 * Math.sin((index * Math.PI) / 4)),
);

/** Its samples are read again when the fragment is read: they must not be changed afterwards. */
interface NewConnectFragment extends Pick<
  ConnectFragment,
  'producerMs' | 'fromCustomer' | 'toCustomer' | 'shape'
> {
  readonly faults?: FragmentFaults;
  /** Its last quarter is missing. */
  readonly isCut?: boolean;
}

/** The identity of one streaming session on its stream. */
type Session = Pick<ConnectFragment, 'contactId' | 'segmentUid'>;

/** One streaming session of a contact. */
export interface FragmentWriter {
  /** Adds a fragment to the contact's recording. The recording exists from the first fragment on. */
  readonly record: (fragment: NewConnectFragment) => void;
  /** Another call's fragment comes onto the same stream. */
  readonly putOfAnother: (other: Session, fragment: NewConnectFragment) => void;
  /** Streaming is over. Epoch milliseconds. */
  readonly close: (stoppedAtMs: number) => void;
}

/** Live media streaming of a contact begins on a video stream. */
export function fragmentWriter(
  { contact, streamArn, startedAtMs }: { contact: Contact; streamArn: string; startedAtMs: number },
  { kinesisVideo, world }: { kinesisVideo: Pick<SimulatedKinesisVideo, 'append'>; world: World },
): FragmentWriter {
  const { instanceId } = instanceParts(world);
  const session: Session = { contactId: contact.id, segmentUid: randomBytes(16) };
  const mediaStream = (contact.mediaStream = { streamArn, startedAtMs });
  let recording: StreamRecording | undefined;

  function put(
    sender: Session,
    { faults, isCut = false, ...fragment }: NewConnectFragment,
  ): { number: string; endMs: number } {
    const { producerMs, fromCustomer, toCustomer } = fragment;
    const samples = Math.max(fromCustomer.length, toCustomer?.length ?? 0);
    const lengthMs = Math.ceil(samples / SAMPLES_PER_MS);
    const serverMs = producerMs + SERVER_LAG_MS;
    const number = kinesisVideo.append(streamArn, {
      bytes(fragmentNumber) {
        const bytes = connectFragment({ ...fragment, ...sender, instanceId, serverMs, fragmentNumber });
        return isCut ? bytes.subarray(0, Math.ceil(bytes.length * 0.75)) : bytes;
      },
      producerMs,
      serverMs,
      lengthMs,
      ...(faults && { faults }),
    });
    return { number, endMs: producerMs + lengthMs };
  }

  return {
    record(fragment) {
      const { number, endMs } = put(session, fragment);
      if (!recording) {
        recording = {
          kind: 'stream',
          streamArn,
          firstFragment: number,
          lastFragment: number,
          startedAtMs,
          stoppedAtMs: endMs,
        };
        contact.recordings.push(recording);
        contact.mediaStream = { ...mediaStream, startFragmentNumber: number };
      }
      recording.lastFragment = number;
      recording.stoppedAtMs = endMs;
    },
    putOfAnother: (other, fragment) => void put(other, fragment),
    close(stoppedAtMs) {
      contact.mediaStream = {
        ...mediaStream,
        ...(recording && {
          startFragmentNumber: recording.firstFragment,
          stopFragmentNumber: recording.lastFragment,
        }),
        stoppedAtMs,
      };
    },
  };
}
