import type { Clock } from '../../clock.ts';
import { AwsError } from '../../service.ts';
import { countdown, type FragmentFaults } from './faults.ts';
import { fragmentNumbers } from './fragment-numbers.ts';

const HOUR_MS = 3_600_000;
/**
 * How long a stream without retention can be read: until a fragment leaves the service's buffer. Its second
 * limit, 200 MB, is hours of a call.
 *
 * Source: Kinesis Video Streams API reference, CreateStream, `DataRetentionInHours`; Amazon Connect
 * administrator guide, "Enable live media streaming".
 */
const BUFFER_MS = 5 * 60_000;

/** A fragment from a producer. */
export interface NewFragment {
  /**
   * The fragment's bytes, or a function that writes them. The function is called with the fragment's number
   * at every read, so that thousands of calls with the same audio use no memory.
   */
  readonly bytes: Uint8Array | ((fragmentNumber: string) => Uint8Array);
  /** The fragment's start by the producer's clock, epoch milliseconds. */
  readonly producerMs: number;
  /** The same by the service's clock. */
  readonly serverMs: number;
  readonly lengthMs: number;
  readonly faults?: FragmentFaults;
}

export interface StoredFragment {
  readonly number: string;
  readonly sizeBytes: number;
  readonly producerMs: number;
  readonly serverMs: number;
  readonly lengthMs: number;
  readonly bytes: () => Uint8Array;
  readonly listedFromMs: number;
  /** Called once for every read. */
  readonly isMissing: () => boolean;
  readonly isBroken: () => boolean;
}

export interface VideoStream {
  readonly arn: string;
  readonly name: string;
  readonly createdAtMs: number;
  /** 0: the stream can be read for five minutes. */
  readonly retentionHours: number;
  /** The KMS key that it is encrypted with. Absent: `aws/kinesisvideo`. */
  readonly keyArn?: string;
  readonly tags: Map<string, string>;
}

export interface NewStream {
  /** `arn:aws:kinesisvideo:<region>:<account>:stream/<name>/<creation epoch ms>` */
  readonly arn: string;
  readonly retentionHours: number;
  /** Absent: `aws/kinesisvideo`. */
  readonly keyArn?: string;
}

/** The state of Kinesis Video Streams: streams and their fragments. */
export interface VideoStreams {
  readonly createStream: (stream: NewStream) => void;
  readonly deleteStream: (stream: VideoStream) => void;
  /** Returns the new fragment's number. Throws ResourceNotFoundException for an unknown stream. */
  readonly append: (streamArn: string, fragment: NewFragment) => string;
  readonly findByArn: (streamArn: string) => VideoStream | undefined;
  /** By name. */
  readonly all: () => readonly VideoStream[];
  readonly findByName: (streamName: string) => VideoStream | undefined;
  /** Fragments that began before this have expired. Epoch milliseconds. */
  readonly keptSinceMs: (stream: VideoStream) => number;
  /** The fragments that have not expired and are listed by now. */
  readonly fragments: (stream: VideoStream) => readonly StoredFragment[];
  /** Undefined if there was no such fragment, or it has expired. */
  readonly findFragment: (stream: VideoStream, fragmentNumber: string) => StoredFragment | undefined;
  /** Whether a fault of the stream refuses this call. */
  readonly refuses: (streamArn: string) => boolean;
}

interface Entry {
  readonly stream: VideoStream;
  readonly nextNumber: () => string;
  /** In order of arrival. */
  readonly fragments: Map<string, StoredFragment>;
  readonly refusals: (() => boolean)[];
}

export function createVideoStreams(clock: Pick<Clock, 'now'>): VideoStreams {
  const byArn = new Map<string, Entry>();
  const arnByName = new Map<string, string>();

  const keptSinceMs = ({ retentionHours }: VideoStream) =>
    clock.now() - (retentionHours === 0 ? BUFFER_MS : retentionHours * HOUR_MS);

  const isKept = (stream: VideoStream, fragment: StoredFragment) => fragment.serverMs >= keptSinceMs(stream);

  function requireEntry(streamArn: string): Entry {
    const entry = byArn.get(streamArn);
    if (!entry) throw noSuchStream(streamArn);
    return entry;
  }

  function dropExpired({ stream, fragments }: Entry): void {
    for (const [number, fragment] of fragments) {
      if (isKept(stream, fragment)) return;
      fragments.delete(number);
    }
  }

  return {
    createStream({ arn, ...settings }) {
      const { name, createdAtMs } = partsOf(arn);
      const stream = { arn, name, createdAtMs, tags: new Map(), ...settings };
      byArn.set(arn, { stream, nextNumber: fragmentNumbers(arn), fragments: new Map(), refusals: [] });
      arnByName.set(name, arn);
    },
    deleteStream({ arn, name }) {
      byArn.delete(arn);
      arnByName.delete(name);
    },
    append(streamArn, { bytes, producerMs, serverMs, lengthMs, faults = {} }) {
      const entry = requireEntry(streamArn);
      dropExpired(entry);
      const number = entry.nextNumber();
      const read = typeof bytes === 'function' ? () => bytes(number) : () => bytes;
      entry.fragments.set(number, {
        number,
        sizeBytes: read().byteLength,
        producerMs,
        serverMs,
        lengthMs,
        bytes: read,
        listedFromMs: clock.now() + (faults.listedAfterMs ?? 0),
        isMissing: countdown(faults.missingReads),
        isBroken: countdown(faults.brokenReads),
      });
      if (faults.refusedCalls) entry.refusals.push(countdown(faults.refusedCalls));
      return number;
    },
    findByArn: (streamArn) => byArn.get(streamArn)?.stream,
    all: () => [...byArn.values()].map(({ stream }) => stream).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    findByName: (streamName) => byArn.get(arnByName.get(streamName) ?? '')?.stream,
    keptSinceMs,
    fragments: (stream) =>
      [...requireEntry(stream.arn).fragments.values()].filter(
        (fragment) => isKept(stream, fragment) && fragment.listedFromMs <= clock.now(),
      ),
    findFragment(stream, fragmentNumber) {
      const fragment = requireEntry(stream.arn).fragments.get(fragmentNumber);
      return fragment && isKept(stream, fragment) ? fragment : undefined;
    },
    refuses: (streamArn) => byArn.get(streamArn)?.refusals.some((isRefused) => isRefused()) ?? false,
  };
}

/** Throws an Error if it is not the ARN of a video stream, which is a bug of the simulator. */
function partsOf(arn: string): { name: string; createdAtMs: number } {
  const [, name, createdAt] = /:stream\/([a-zA-Z0-9_.-]{1,256})\/(\d+)$/.exec(arn) ?? [];
  if (name === undefined || createdAt === undefined) throw new Error(`not the ARN of a video stream: ${arn}`);
  return { name, createdAtMs: Number(createdAt) };
}

export function noSuchStream(stream: string): AwsError {
  return new AwsError('ResourceNotFoundException', 404, `The requested stream is not found: ${stream}`);
}
