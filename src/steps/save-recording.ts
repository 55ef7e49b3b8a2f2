import { fragmentNumbersOf } from '../domain/caller-audio.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { isBlank, levelMeter, type Levels } from '../domain/levels.ts';
import { type KvsRecording, RETENTION_ADVICE } from '../domain/recordings.ts';
import { durationMsOf } from '../domain/wav.ts';
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

export interface SavedRecording {
  /** Of the .wav file, header included. */
  readonly sizeBytes: number;
  readonly durationMs: number;
  /** False if fragments of the message could not be had. */
  readonly isComplete: boolean;
  /** True if nothing was said. */
  readonly isBlank: boolean;
}

/** What this step needs from the world. Adapters supply it; tests fake it. */
export interface SaveRecordingPorts extends ReadCallerAudioPorts {
  /** The fragments that Kinesis Video Streams took in between two moments, in any order. */
  readonly listFragments: (
    range: Pick<KvsRecording, 'streamArn' | 'startMs' | 'stopMs'>,
  ) => Promise<readonly FragmentListing[]>;
  /** Keeps a recording. If there is one under this key already, that one stays. */
  readonly keepRecording: (recording: RecordingToKeep) => Promise<KeptRecording>;
  /** Keeps a recording's levels, over those of an earlier try. */
  readonly keepLevels: (levelsKey: string, levels: Levels) => Promise<void>;
  /** A recording shorter than this is blank. */
  readonly minimumMs: number;
  /** Told of what went wrong without stopping the step. */
  readonly onSetback: (what: string, error: unknown) => void;
}

export interface FragmentListing {
  readonly fragmentNumber: string;
}

interface RecordingToKeep {
  readonly key: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Signed 16-bit little-endian samples, one channel, 8000 a second. Read once; an error in it keeps nothing. */
  readonly pcm: AsyncIterable<Uint8Array>;
  /** The metadata as it turned out: asked when `pcm` is over. */
  readonly metadataAtEnd: () => Readonly<Record<string, string>>;
}

/** What is under the key now. */
export interface KeptRecording {
  readonly sizeBytes: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The metadata that says `false` if a part of the message is missing. */
const IS_COMPLETE = 'is-complete';

/** The metadata that says `true` if nothing was said. */
const BLANK = 'blank';

/** Contact records cut seconds off, and clocks differ by seconds; the numbers then say exactly which. */
const MARGIN_MS = 5000;
/** A list may lag behind by a second, and listing throttles by the second. */
const PAUSES_MS = [250, 750, 1500] as const;

/**
 * The caller's message, off the video stream and into the bucket.
 *
 * What can not be had after several tries is left out, and the recording marked
 * as incomplete: most of a message is better than none. But an outage leaves
 * nothing out: it fails the step, which then begins anew.
 *
 * How loud it is is measured as it passes, and written before the recording is: a
 * recording that is there has its levels, wherever a crash came. One that is not
 * complete is never blank, since the words may be in what is missing.
 *
 * Throws PermanentError NO_AUDIO if nothing of this caller is on the stream, and
 * then nothing has been written. Errors of the ports pass through.
 */
export async function saveRecording(
  { contactId, recording, recordingKey, levelsKey, metadata }: RecordableVoicemail,
  ports: SaveRecordingPorts,
): Promise<SavedRecording> {
  const losses: Losses = { fragmentCount: 0, damage: undefined };
  const fragmentNumbers = await findFragments(recording, ports);
  const pcm = readCallerAudio({ contactId, streamArn: recording.streamArn, fragmentNumbers, losses }, ports);
  let levels: Levels | undefined;
  const keepLevels = async (heard: Levels) => {
    levels = heard;
    await keepLevelsIfAllowed(levelsKey, heard, ports);
  };
  const metadataAtEnd = () => {
    const isComplete = losses.fragmentCount === 0;
    const blank = isComplete && levels !== undefined && isBlank(levels, ports.minimumMs);
    return { ...metadata, [IS_COMPLETE]: String(isComplete), [BLANK]: String(blank) };
  };
  try {
    const first = await pcm.next();
    if (first.done) throw noAudio(losses, fragmentNumbers.length);
    const kept = await ports.keepRecording({
      key: recordingKey,
      metadata: { ...metadata, [IS_COMPLETE]: 'true', [BLANK]: 'false' },
      pcm: measuring(startingWith(first.value, pcm), keepLevels),
      metadataAtEnd,
    });
    return savedAs(kept);
  } finally {
    await pcm.return();
  }
}

/** What the object itself says of a recording. */
export function savedAs({ sizeBytes, metadata }: KeptRecording): SavedRecording {
  return {
    sizeBytes,
    durationMs: durationMsOf(sizeBytes),
    isComplete: metadata[IS_COMPLETE] !== 'false',
    isBlank: metadata[BLANK] === 'true',
  };
}

/** Lists until both ends of the recording are on the list, or for as long as a list may lag. */
async function findFragments(
  recording: KvsRecording,
  { listFragments, wait }: SaveRecordingPorts,
): Promise<readonly string[]> {
  const { streamArn, startMs, stopMs, fragmentStartNumber, fragmentStopNumber } = recording;
  const range = { streamArn, startMs: startMs - MARGIN_MS, stopMs: stopMs + MARGIN_MS };
  const listed = new Set<string>();
  for (const pauseMs of [...PAUSES_MS, undefined]) {
    try {
      for (const { fragmentNumber } of await listFragments(range)) listed.add(fragmentNumber);
    } catch (error) {
      if (!(error instanceof RetryableError) || pauseMs === undefined) throw error;
    }
    if (pauseMs === undefined || (listed.has(fragmentStartNumber) && listed.has(fragmentStopNumber))) break;
    await wait(pauseMs);
  }
  return fragmentNumbersOf(recording, listed);
}

async function* startingWith(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

/** Passes audio on, and tells its levels before it ends. */
async function* measuring(
  pcm: AsyncIterable<Uint8Array>,
  tell: (levels: Levels) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  const meter = levelMeter();
  for await (const samples of pcm) {
    meter.add(samples);
    yield samples;
  }
  const levels = meter.end();
  if (levels.durationMs > 0) await tell(levels);
}

/** A picture that may not be kept is no reason to lose the message. */
async function keepLevelsIfAllowed(
  levelsKey: string,
  levels: Levels,
  { keepLevels, onSetback }: SaveRecordingPorts,
): Promise<void> {
  try {
    await keepLevels(levelsKey, levels);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    onSetback('the levels were not kept', error);
  }
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
