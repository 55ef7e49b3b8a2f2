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
}

/** Where on a video stream a caller's message lies. */
export interface KvsRecording {
  readonly streamArn: string;
  /** First and last fragment, both inclusive: decimal strings that only BigInt can hold. */
  readonly fragmentStartNumber: string;
  readonly fragmentStopNumber: string;
  /** Milliseconds since the epoch, cut to whole seconds: the audio goes on for up to a second more. */
  readonly startMs: number;
  readonly stopMs: number;
}

/** For an administrator who reads that a message was gone before it could be read. */
export const RETENTION_ADVICE =
  'Check the live media streaming retention of the Amazon Connect instance and set it to at least 24 hours; ' +
  'streams made before the change keep their old retention.';

/** Source: Kinesis Video Streams API reference, GetMediaForFragmentList, `Fragments`. */
const FRAGMENT_NUMBER = /^[0-9]{1,128}$/;

/**
 * The voicemail among a contact's recordings, or undefined if there is none.
 *
 * A call may have been recorded to S3 as well, and streamed more than once: for
 * an analysis or a bot first, for the voicemail last. So it is the customer's
 * stream that started last, wherever in the list it stands. Amazon Connect's
 * `MediaStreamType` is no help: it says VIDEO.
 */
export function findRecording(elements: readonly RecordingElement[]): KvsRecording | undefined {
  return elements
    .map(toKvsRecording)
    .filter((recording) => recording !== undefined)
    .toSorted((a, b) => a.startMs - b.startMs || compareNumbers(a.fragmentStartNumber, b.fragmentStartNumber))
    .at(-1);
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

function compareNumbers(a: string, b: string): number {
  const difference = BigInt(a) - BigInt(b);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}
