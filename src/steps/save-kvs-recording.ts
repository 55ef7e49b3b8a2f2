import type { SavedRecording } from '../domain/recording-metadata.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { waitLeftMs } from '../domain/audio/fragment-list.ts';
import { type KvsRecording, RETENTION_ADVICE } from '../domain/audio/recordings.ts';
import { findFragments, type FindFragmentsPorts } from './find-fragments.ts';
import { keepAudio, type KeepAudioPorts } from './keep-audio.ts';
import { type Losses, readCallerAudio, type ReadCallerAudioPorts } from './read-caller-audio.ts';

/** What this step must know of a voicemail. */
export interface RecordableVoicemail {
  readonly contactId: string;
  /** When the call was over, milliseconds since the epoch. */
  readonly endedAtMs: number;
  readonly recording: KvsRecording;
  /** Where the .wav file goes. */
  readonly recordingKey: string;
  /** Where its levels go. */
  readonly levelsKey: string;
  /** Kept with the file; this step adds `is-complete` and `blank`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What this step needs from the world. Adapters supply it; tests fake it. */
export interface SaveKvsRecordingPorts extends FindFragmentsPorts, ReadCallerAudioPorts, KeepAudioPorts {}

/** The longest pause between two tries while fragments are waited for. */
const LONGEST_PAUSE_MS = 30_000;

/**
 * The caller's message, off the video stream and into the bucket.
 *
 * Kinesis Video Streams may list fragments late. While the list has a sign of that, or
 * a fragment on it is not found, the step fails and nothing is kept, for up to three
 * minutes after the call. What is missing by then is left out, and the recording
 * marked as incomplete: most of a message is better than none. But an outage leaves
 * nothing out: it fails the step, which is then tried again.
 *
 * Throws RetryableError NOT_READY while fragments are waited for, and PermanentError
 * NO_AUDIO if nothing of this caller is on the stream. Errors of the ports pass through.
 */
export async function saveKvsRecording(
  { contactId, endedAtMs, recording, recordingKey, levelsKey, metadata }: RecordableVoicemail,
  ports: SaveKvsRecordingPorts,
): Promise<SavedRecording> {
  const losses: Losses = { fragmentCount: 0, damage: undefined, isSeamless: true };
  const { fragmentNumbers, isStartListed, lag } = await findFragments(recording, ports);
  const notReady = (why: string) => {
    const { startMs } = recording;
    const leftMs = waitLeftMs({ nowMs: ports.now(), endedAtMs, startMs, isStartListed });
    return leftMs > 0 ? notReadyFor(leftMs, why) : undefined;
  };
  const awaited = lag === undefined ? undefined : notReady(lag);
  if (awaited) throw awaited;

  const pcm = readCallerAudio({ contactId, ...recording, fragmentNumbers, losses, notReady }, ports);
  try {
    const first = await pcm.next();
    if (first.done) throw noAudio(losses, fragmentNumbers.length);
    return await keepAudio(
      {
        contactId,
        recordingKey,
        levelsKey,
        metadata,
        pcm: startingWith(first.value, pcm),
        isComplete: () => losses.fragmentCount === 0 && (lag === undefined || losses.isSeamless),
      },
      ports,
    );
  } finally {
    await pcm.return();
  }
}

/** To be tried again within seconds, and once more when it is no longer waited for. */
function notReadyFor(leftMs: number, why: string): RetryableError {
  const retryWithinMs = Math.min(leftMs, LONGEST_PAUSE_MS);
  return new RetryableError('NOT_READY', `the message may not be all there yet: ${why}`, { retryWithinMs });
}

async function* startingWith(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

function noAudio({ fragmentCount, damage }: Losses, askedCount: number): PermanentError {
  if (damage) return damage;
  if (fragmentCount === askedCount)
    return new PermanentError(
      'NO_AUDIO',
      `the video stream no longer holds this message. ${RETENTION_ADVICE}`,
    );
  return new PermanentError(
    'NO_AUDIO',
    `of ${askedCount} fragments ${fragmentCount} are missing and the others contain no audio of this contact`,
  );
}
