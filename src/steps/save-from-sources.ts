import { PermanentError, RetryableError } from '../domain/errors.ts';
import { RECORDED_FROM, toRecordingMetadata } from '../domain/recording-metadata.ts';
import type { Recording } from '../domain/audio/recordings.ts';
import type { Voicemail } from '../domain/voicemail.ts';
import type { KeptRecording } from './keep-audio.ts';
import { saveIvrRecording, type SaveIvrRecordingPorts } from './save-ivr-recording.ts';
import { saveKvsRecording, type SaveKvsRecordingPorts } from './save-kvs-recording.ts';

export interface SaveFromSourcesPorts extends SaveKvsRecordingPorts, SaveIvrRecordingPorts {
  /** Whether flows have the automated interaction recorded, so that a later contact record may name the file. */
  readonly awaitsIvrRecording?: boolean;
}

/** An outage of one source is waited out so long; then the other source is read, if there is one. */
const PATIENCE_MS = 10 * 60_000;
/**
 * Amazon Connect sends a contact record again when it knows more. How long it may take until one names the recording
 * is not documented.
 */
const LATEST_RECORD_MS = 15 * 60_000;
const NEXT_LOOK_MS = 30_000;

/**
 * Saves the message from the first of its sources that can be read: the stream, or the IVR recording. The second one
 * takes over if the first holds nothing, cannot be read, is refused, or is out for longer than ten minutes.
 *
 * Both are kept under one key, where the first that was kept stays: so never both are delivered.
 *
 * Throws the error of the source that may still be read or mended; if neither may, that of the first. RetryableError
 * NOT_READY where a contact record may still name an IVR recording.
 */
export async function saveFromSources(
  voicemail: Voicemail,
  recordingKey: string,
  ports: SaveFromSourcesPorts,
): Promise<KeptRecording> {
  const { contactId, recording: first, secondRecording: second } = voicemail;
  try {
    if (!first) throw new PermanentError('NO_AUDIO', 'the contact record names no recording');
    return await saveFrom(first, voicemail, recordingKey, ports);
  } catch (error) {
    if (!isOutOfReach(error, voicemail, ports)) throw error;
    if (!second) throw awaited(error, voicemail, ports) ?? error;
    const what = 'the stream cannot be read: the IVR recording is read instead';
    ports.setback(what, { contactId, error });
    return await insteadOf(error, () => saveFrom(second, voicemail, recordingKey, ports));
  }
}

function saveFrom(
  recording: Recording,
  voicemail: Voicemail,
  recordingKey: string,
  ports: SaveFromSourcesPorts,
): Promise<KeptRecording> {
  const { contactId, endedAtMs, attributes } = voicemail;
  const place = (source: 'stream' | 'ivr') => ({
    contactId,
    endedAtMs,
    recordingKey,
    metadata: { ...toRecordingMetadata(voicemail), [RECORDED_FROM]: source },
  });
  return recording.kind === 's3'
    ? saveIvrRecording({ ...place('ivr'), recording, attributes }, ports)
    : saveKvsRecording({ ...place('stream'), recording }, ports);
}

/** The error of the second source counts if the second may still be read, or if nothing can be hoped of the first. */
async function insteadOf(firstError: unknown, save: () => Promise<KeptRecording>): Promise<KeptRecording> {
  try {
    return await save();
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    throw isGone(error) || firstError instanceof RetryableError ? firstError : error;
  }
}

/** There is no audio, now or later: nobody can mend that. */
export function isGone(error: unknown): error is PermanentError & { code: 'NO_AUDIO' | 'MALFORMED_MEDIA' } {
  return error instanceof PermanentError && (error.code === 'NO_AUDIO' || error.code === 'MALFORMED_MEDIA');
}

function isOutOfReach(
  error: unknown,
  { endedAtMs }: Voicemail,
  { now }: Pick<SaveFromSourcesPorts, 'now'>,
): boolean {
  if (error instanceof PermanentError) return isGone(error) || error.code === 'REFUSED';
  // What is only awaited has an end of its own.
  if (!(error instanceof RetryableError) || error.retryWithinMs !== undefined) return false;
  return now() - endedAtMs >= PATIENCE_MS;
}

/** The stream has nothing, and the IVR recording was not named yet. */
function awaited(
  error: unknown,
  { recording, endedAtMs }: Voicemail,
  { awaitsIvrRecording, now }: SaveFromSourcesPorts,
): RetryableError | undefined {
  if (!awaitsIvrRecording || recording?.kind === 's3' || !isGone(error)) return undefined;
  const leftMs = endedAtMs + LATEST_RECORD_MS - now();
  if (leftMs <= 0) return undefined;
  const retryWithinMs = Math.min(leftMs, NEXT_LOOK_MS);
  return new RetryableError('NOT_READY', 'no contact record names the IVR recording yet', { retryWithinMs });
}
