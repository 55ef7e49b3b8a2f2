import { attributeOf } from '../domain/contact-attributes.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { messageOffsetMs, withoutPauses } from '../domain/audio/message-start.ts';
import type { IvrRecording } from '../domain/audio/recordings.ts';
import { callerChannelOf, type KeptChannel, telephonePcm, timed } from '../domain/audio/telephone-audio.ts';
import { openWav, type WavAudio } from '../domain/audio/wav-reader.ts';
import { keepAudio, type KeepAudioPorts, type KeptRecording } from './keep-audio.ts';
import type { ClockPort, SetbackPort } from './ports.ts';

/** The members of a voicemail that this step needs. */
interface IvrVoicemail {
  readonly contactId: string;
  readonly endedAtMs: number;
  readonly recording: IvrRecording;
  readonly attributes: Readonly<Record<string, string>>;
  /** The key of the .wav file. */
  readonly recordingKey: string;
  /** Stored with the file; this step adds `is-complete` and `blank`. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface SaveIvrRecordingPorts extends ClockPort, SetbackPort, KeepAudioPorts {
  /** Absent if the stack was not told where they are. */
  readonly ivrRecordings?: IvrRecordings;
}

/** Amazon Connect's recordings of the time before an agent joins. */
export interface IvrRecordings {
  /** The only bucket that is read, and the prefix of the keys of its recordings. */
  readonly bucket: string;
  readonly prefix: string;
  /** A .wav file, cut into chunks anywhere; undefined if it does not exist (yet). */
  readonly open: (key: string) => Promise<AsyncIterable<Uint8Array> | undefined>;
}

/** Amazon Connect uploads after the call, "shortly after" its end; no figure is documented. */
const LONGEST_UPLOAD_MS = 3_600_000;
/** The longest pause between two tries: while the file is likely to come soon, and after that. */
const SOON_MS = 10 * 60_000;
const NEXT_LOOK_MS = { soon: 30_000, later: 120_000 } as const;

/**
 * Saves the caller's message from Amazon Connect's IVR recording into the bucket.
 *
 * It is cut at the message's start by the contact attribute. If that value is invalid, everything is kept,
 * and the log says so. If it was paused, it is cut where the message begins at the earliest. Of two channels the
 * caller's is kept, or both if the caller is not heard on it.
 *
 * Throws RetryableError NOT_READY while the recording may still be uploaded, for an hour from the end of the
 * call; PermanentError NO_AUDIO if it is still missing then, or was deleted, is outside the configured place, or ends before
 * the message begins; and MALFORMED_MEDIA if it cannot be read. Errors of the ports pass through.
 */
export async function saveIvrRecording(
  { contactId, endedAtMs, recording, attributes, ...place }: IvrVoicemail,
  ports: SaveIvrRecordingPorts,
): Promise<KeptRecording> {
  const open = async () => openWav(await openRecording(recording, endedAtMs, ports));
  const first = await open();
  const offsetMs = messageOffsetMs(attributeOf(attributes, 'vmx3_timestamp'), recording);
  if (offsetMs === 'unusable') {
    const what = 'vmx3_timestamp is no time within the recording: all of it is kept';
    const error = new PermanentError('MALFORMED_EVENT', 'a contact attribute cannot be used');
    ports.setback(what, { contactId, error });
  }
  const isStereo = first.format.channels === 2;
  const from = offsetMs === 'unusable' ? 0 : offsetMs;
  // The channel is known only after the whole file was measured: so it is read twice, and never kept in memory.
  const { fromMs, channel } = await hear(first, { fromMs: from, recording, open });
  if (isStereo && channel === 'mean') {
    const what = 'no caller is heard on the right channel of the IVR recording: both channels are kept';
    const error = new PermanentError('NO_AUDIO', 'the right channel is silent');
    ports.setback(what, { contactId, error });
  }
  const wav = isStereo ? await open() : first;
  const pcm = telephonePcm(wav, fromMs, channel);
  return keepAudio({ ...place, contactId, pcm, isComplete: () => wav.isComplete() }, ports);
}

/** Where the message begins and on which channel. If pauses were cut out of the file, it is heard again from there. */
async function hear(
  first: WavAudio,
  { fromMs, recording, open }: { fromMs: number; recording: IvrRecording; open: () => Promise<WavAudio> },
): Promise<{ readonly fromMs: number; readonly channel: KeptChannel }> {
  if (first.format.channels !== 2) return { fromMs, channel: 'mean' };
  const { wav, lengthMs } = timed(first);
  const channel = await callerChannelOf(wav, fromMs);
  const earlierMs = wav.isComplete() ? withoutPauses(fromMs, recording, lengthMs()) : fromMs;
  if (earlierMs === fromMs) return { fromMs, channel };
  return { fromMs: earlierMs, channel: await callerChannelOf(await open(), earlierMs) };
}

/** A contact record comes from outside, so only recordings in the configured place are read. */
async function openRecording(
  { bucket, key, isDeleted }: IvrRecording,
  endedAtMs: number,
  { ivrRecordings, now }: SaveIvrRecordingPorts,
): Promise<AsyncIterable<Uint8Array>> {
  if (!ivrRecordings) {
    throw new PermanentError(
      'NO_AUDIO',
      'the message is in an IVR recording: set ivrRecordings in the settings to have those read',
    );
  }
  if (bucket !== ivrRecordings.bucket || !key.startsWith(ivrRecordings.prefix)) {
    throw new PermanentError(
      'NO_AUDIO',
      'the IVR recording is not in the bucket, or not below the prefix, of the setting ivrRecordings',
    );
  }
  const chunks = await ivrRecordings.open(key);
  if (chunks) return chunks;
  if (isDeleted) throw new PermanentError('NO_AUDIO', 'Amazon Connect has deleted the IVR recording');
  const waitedMs = now() - endedAtMs;
  const leftMs = LONGEST_UPLOAD_MS - waitedMs;
  if (leftMs > 0) {
    const retryWithinMs = Math.min(leftMs, NEXT_LOOK_MS[waitedMs < SOON_MS ? 'soon' : 'later']);
    throw new RetryableError('NOT_READY', 'the IVR recording is not there yet', { retryWithinMs });
  }
  throw new PermanentError('NO_AUDIO', 'an hour after the call its IVR recording is still not there');
}
