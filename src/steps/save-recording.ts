import { fragmentNumbersOf } from '../domain/caller-audio.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { type KvsRecording, RETENTION_ADVICE } from '../domain/recordings.ts';
import { keepMessage, type KeepMessagePorts, type SavedRecording } from './keep-message.ts';
import { type Losses, readCallerAudio, type ReadCallerAudioPorts } from './read-caller-audio.ts';

/** What this step must know of a voicemail. */
export interface RecordableVoicemail {
  readonly contactId: string;
  readonly recording: KvsRecording;
  /** Where the .wav file goes. */
  readonly recordingKey: string;
  /** Where its levels go. */
  readonly levelsKey: string;
  /** Kept with the file; this step adds `is-complete` and `blank`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What this step needs from the world. Adapters supply it; tests fake it. */
export interface SaveRecordingPorts extends ReadCallerAudioPorts, KeepMessagePorts {
  /** The fragments that Kinesis Video Streams took in between two moments, in any order. */
  readonly listFragments: (
    range: Pick<KvsRecording, 'streamArn' | 'startMs' | 'stopMs'>,
  ) => Promise<readonly FragmentListing[]>;
}

export interface FragmentListing {
  readonly fragmentNumber: string;
}

/**
 * How far around the recording the list is asked for: contact records cut seconds
 * off, and under load a fragment is taken in seconds after it was spoken. The
 * numbers then say exactly which are meant.
 */
const MARGINS_MS = [5000, 5000, 20_000, 60_000] as const;
/** A list may lag behind by a second, and listing throttles by the second. */
const PAUSES_MS = [250, 750, 1500] as const;

/**
 * The caller's message, off the video stream and into the bucket.
 *
 * What can not be had after several tries is left out, and the recording marked
 * as incomplete: most of a message is better than none. But an outage leaves
 * nothing out: it fails the step, which then begins anew.
 *
 * Throws PermanentError NO_AUDIO if nothing of this caller is on the stream, and
 * then nothing has been written. Errors of the ports pass through.
 */
export async function saveRecording(
  { contactId, recording, recordingKey, levelsKey, metadata }: RecordableVoicemail,
  ports: SaveRecordingPorts,
): Promise<SavedRecording> {
  const losses: Losses = { fragmentCount: 0, damage: undefined };
  const { fragmentNumbers, isWhole } = await findFragments(recording, ports);
  const pcm = readCallerAudio({ contactId, ...recording, fragmentNumbers, losses }, ports);
  try {
    const first = await pcm.next();
    if (first.done) throw noAudio(losses, fragmentNumbers.length);
    return await keepMessage(
      {
        contactId,
        recordingKey,
        levelsKey,
        metadata,
        pcm: startingWith(first.value, pcm),
        isComplete: () => isWhole && losses.fragmentCount === 0,
      },
      ports,
    );
  } finally {
    await pcm.return();
  }
}

interface FoundFragments {
  /** In the order they were spoken. */
  readonly fragmentNumbers: readonly string[];
  /** Whether the list reached both ends of the recording. If not, what lies near an end may be missing. */
  readonly isWhole: boolean;
}

/** Lists further and further around until both ends of the recording are on the list. */
async function findFragments(
  recording: KvsRecording,
  { listFragments, wait }: SaveRecordingPorts,
): Promise<FoundFragments> {
  const { streamArn, startMs, stopMs, fragmentStartNumber, fragmentStopNumber } = recording;
  const listed = new Set<string>();
  const isWhole = () => listed.has(fragmentStartNumber) && listed.has(fragmentStopNumber);
  for (const [attempt, marginMs] of MARGINS_MS.entries()) {
    const pauseMs = PAUSES_MS[attempt];
    try {
      const range = { streamArn, startMs: startMs - marginMs, stopMs: stopMs + marginMs };
      for (const { fragmentNumber } of await listFragments(range)) listed.add(fragmentNumber);
    } catch (error) {
      if (!(error instanceof RetryableError) || pauseMs === undefined) throw error;
    }
    if (isWhole() || pauseMs === undefined) break;
    await wait(pauseMs);
  }
  return { fragmentNumbers: fragmentNumbersOf(recording, listed), isWhole: isWhole() };
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
    `of ${askedCount} fragments ${fragmentCount} could not be had and the others hold no audio of this contact`,
  );
}
