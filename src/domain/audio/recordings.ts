/** One element of a contact record's `Recordings`, in our words. Absent, null and empty are all `undefined`. */
export interface RecordingElement {
  /** `S3` or `KINESIS_VIDEO_STREAM` */
  readonly storageType: string;
  /** A stream's ARN, or `bucket/key`. */
  readonly location: string;
  /** `CUSTOMER`, `IVR`, `AGENT`, ... */
  readonly participantType?: string | undefined;
  readonly fragmentStartNumber?: string | undefined;
  readonly fragmentStopNumber?: string | undefined;
  /** Milliseconds since the epoch, cut to whole seconds by Amazon Connect. */
  readonly startMs?: number | undefined;
  readonly stopMs?: number | undefined;
  /** `AVAILABLE` or `DELETED`, where Amazon Connect says. */
  readonly status?: string | undefined;
  /** `AUTOMATED_INTERACTION`; of streams and of talks with agents it says nothing. */
  readonly mediaStreamType?: string | undefined;
}

/** The place of a caller's message on a video stream. */
export interface KvsRecording {
  readonly streamArn: string;
  /** First and last fragment, both inclusive: decimal strings that only BigInt can hold. */
  readonly fragmentStartNumber: string;
  readonly fragmentStopNumber: string;
  /** Milliseconds since the epoch, cut to whole seconds: the audio goes on for up to a second more. */
  readonly startMs: number;
  readonly stopMs: number;
}

/** An object in S3 with everything that was said and heard before an agent could join. */
export interface IvrRecording {
  readonly bucket: string;
  readonly key: string;
  /** Milliseconds since the epoch, cut to whole seconds. */
  readonly startMs?: number | undefined;
  readonly stopMs?: number | undefined;
  /** Amazon Connect says that it has deleted it: then it is not waited for. */
  readonly isDeleted?: true | undefined;
}

/** The two places where Amazon Connect can record a caller. */
export type Recording = ({ readonly kind: 'kvs' } & KvsRecording) | ({ readonly kind: 's3' } & IvrRecording);

/** For an administrator who reads that a message was gone before it could be read. */
export const RETENTION_ADVICE =
  'Check the live media streaming retention of the Amazon Connect instance and set it to at least 24 hours; ' +
  'streams made before the change keep their old retention.';

/** Source: Kinesis Video Streams API reference, GetMediaForFragmentList, `Fragments`. */
const FRAGMENT_NUMBER = /^[0-9]{1,128}$/;

/** Where a message is, and where it is as well. */
export interface FoundRecordings {
  readonly recording?: Recording | undefined;
  /** Read if the first cannot be. */
  readonly secondRecording?: ({ readonly kind: 's3' } & IvrRecording) | undefined;
}

/**
 * The voicemail among a contact's recordings; nothing if there is none.
 *
 * A call can be recorded to S3 too, and streamed more than once: for an analysis or a bot first, for the
 * voicemail last. So the voicemail is the customer's stream that started last, anywhere in the list. Amazon
 * Connect's `MediaStreamType` does not help: it says VIDEO.
 *
 * If there is no such stream, it is the recording of the automated interaction, in S3. The stream is
 * preferred: it has only the caller, begins with the message, and is available at once. The other one
 * contains the prompts, must be cut at a time that is only known to the second, and is uploaded later. A
 * contact has one such file; of several the last that is not deleted is taken.
 */
export function findRecordings(elements: readonly RecordingElement[]): FoundRecordings {
  const stream = elements
    .map(toKvsRecording)
    .filter((recording) => recording !== undefined)
    .toSorted((a, b) => a.startMs - b.startMs || compareNumbers(a.fragmentStartNumber, b.fragmentStartNumber))
    .at(-1);
  const file = elements
    .map(toIvrRecording)
    .filter((recording) => recording !== undefined)
    .toSorted((a, b) => rankOf(a) - rankOf(b) || (a.startMs ?? 0) - (b.startMs ?? 0))
    .at(-1);
  if (!stream) return file ? { recording: { kind: 's3', ...file } } : {};
  return { recording: { kind: 'kvs', ...stream }, ...(file && { secondRecording: { kind: 's3', ...file } }) };
}

const rankOf = ({ isDeleted }: IvrRecording) => (isDeleted ? 0 : 1);

/** A recording in S3 of the time before an agent. Whom it is of is said twice; one is enough. */
export function isIvrElement({ storageType, participantType, mediaStreamType }: RecordingElement): boolean {
  if (storageType !== 'S3') return false;
  return participantType === 'IVR' || (!participantType && mediaStreamType === 'AUTOMATED_INTERACTION');
}

function toKvsRecording(element: RecordingElement): KvsRecording | undefined {
  const { storageType, location, participantType, fragmentStartNumber, fragmentStopNumber } = element;
  const { startMs, stopMs } = element;
  if (storageType !== 'KINESIS_VIDEO_STREAM' || !location) return undefined;
  if (participantType && participantType !== 'CUSTOMER') return undefined;
  if (!fragmentStartNumber || !FRAGMENT_NUMBER.test(fragmentStartNumber)) return undefined;
  if (!fragmentStopNumber || !FRAGMENT_NUMBER.test(fragmentStopNumber)) return undefined;
  if (startMs === undefined || stopMs === undefined) return undefined;
  if (!Number.isFinite(startMs) || !Number.isFinite(stopMs)) return undefined;
  return { streamArn: location, fragmentStartNumber, fragmentStopNumber, startMs, stopMs };
}

/** `Location` is the bucket, a slash, and the key, which may have more of them. */
function toIvrRecording(element: RecordingElement): IvrRecording | undefined {
  const { location, startMs, stopMs, status } = element;
  if (!isIvrElement(element)) return undefined;
  const slashAt = location.indexOf('/');
  const bucket = location.slice(0, slashAt);
  const key = location.slice(slashAt + 1);
  return slashAt > 0 && key
    ? { bucket, key, startMs, stopMs, ...(status === 'DELETED' && { isDeleted: true }) }
    : undefined;
}

function compareNumbers(a: string, b: string): number {
  const difference = BigInt(a) - BigInt(b);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}
