import { PermanentError, RetryableError } from '../domain/errors.ts';
import { waitLeftMs } from '../domain/audio/fragment-list.ts';
import { type KvsRecording, RETENTION_ADVICE } from '../domain/audio/recordings.ts';
import { findFragments, type FindFragmentsPorts } from './find-fragments.ts';
import { keepAudio, type KeepAudioPorts, type KeptRecording } from './keep-audio.ts';
import { type Losses, readCallerAudio, type ReadCallerAudioPorts } from './read-caller-audio.ts';

/** The members of a voicemail that this step needs. */
export interface RecordableVoicemail {
  readonly contactId: string;
  /** When the call ended, milliseconds since the epoch. */
  readonly endedAtMs: number;
  readonly recording: KvsRecording;
  /** The key of the .wav file. */
  readonly recordingKey: string;
  /** Stored with the file; this step adds `is-complete` and `blank`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What this step needs from the world. Adapters supply it; tests fake it. */
export interface SaveKvsRecordingPorts extends FindFragmentsPorts, ReadCallerAudioPorts, KeepAudioPorts {}

/** The longest pause between two tries while the step waits for fragments. */
const LONGEST_PAUSE_MS = 30_000;

/**
 * Saves the caller's message from the video stream into the bucket.
 *
 * Kinesis Video Streams can list fragments late. While the list shows signs of that, or a listed fragment is
 * not found, the step fails and keeps nothing, for up to three minutes after the call. Fragments that are
 * missing after that are left out, and the recording is marked as incomplete: most of a message is better
 * than none. During an outage nothing is left out: the step fails, and is tried again.
 *
 * Throws RetryableError NOT_READY while it waits for fragments, and PermanentError NO_AUDIO if nothing of
 * this caller is on the stream. Errors of the ports pass through.
 */
export async function saveKvsRecording(
  { contactId, endedAtMs, recording, recordingKey, metadata }: RecordableVoicemail,
  ports: SaveKvsRecordingPorts,
): Promise<KeptRecording> {
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

/** To be tried again within seconds, and once more when the wait is over. */
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
