import { hasSound, isBlank, levelMeter, type Levels } from '../domain/levels.ts';
import { durationMsOf } from '../domain/wav.ts';
import type { SetbackPort } from './ports.ts';
import { unlessRefused } from './unless-refused.ts';

/** A message on its way into the bucket, wherever it comes from. */
interface Message {
  readonly contactId: string;
  /** Where the .wav file goes. */
  readonly recordingKey: string;
  /** Where its levels go. */
  readonly levelsKey: string;
  /** Kept with the file; `is-complete` and `blank` are added. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Signed 16-bit little-endian samples, one channel, 8000 a second. Read once; an error in it keeps nothing. */
  readonly pcm: AsyncIterable<Uint8Array>;
  /** Whether nothing of the message is missing: asked when `pcm` is over. */
  readonly isComplete: () => boolean;
}

export interface SavedRecording {
  /** Of the .wav file, header included. */
  readonly sizeBytes: number;
  readonly durationMs: number;
  /** False if a part of the message could not be had. */
  readonly isComplete: boolean;
  /** True if nothing was said, or the message is shorter than the settings want one. */
  readonly isBlank: boolean;
  /** Set for a blank message that is short, and not silent: somebody may have said something. */
  readonly hasSound?: true;
}

export interface KeepMessagePorts extends SetbackPort {
  /** Keeps a recording. If there is one under this key already, that one stays. */
  readonly keepRecording: (recording: RecordingToKeep) => Promise<KeptRecording>;
  /** Keeps a recording's levels, over those of an earlier try. */
  readonly keepLevels: (levelsKey: string, levels: Levels) => Promise<void>;
  /** A recording shorter than this is blank. */
  readonly minimumMs: number;
}

interface RecordingToKeep {
  readonly key: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** A chunk is good until the next is asked for. */
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

/** The metadata that says `true` if a blank message is blank for its shortness alone. */
const HAS_SOUND = 'has-sound';

/**
 * Keeps a message as a recording, with what there is to say about it.
 *
 * How loud it is is measured as it passes, and written before the recording is: a
 * recording that is there has its levels, wherever a crash came. One that is not
 * complete is never blank, since the words may be in what is missing.
 */
export async function keepMessage(message: Message, ports: KeepMessagePorts): Promise<SavedRecording> {
  const { contactId, recordingKey, levelsKey, metadata, pcm } = message;
  // A picture that may not be kept is no reason to lose the message.
  const refusal = { what: 'the levels were not kept', contactId, instead: undefined };
  let levels: Levels | undefined;
  const keepLevels = async (heard: Levels) => {
    levels = heard;
    await unlessRefused(() => ports.keepLevels(levelsKey, heard), refusal, ports);
  };
  const kept = await ports.keepRecording({
    key: recordingKey,
    metadata: { ...metadata, [IS_COMPLETE]: 'true', [BLANK]: 'false' },
    pcm: measuring(pcm, keepLevels),
    metadataAtEnd: () => {
      const isComplete = message.isComplete();
      const blank = isComplete && levels && isBlank(levels, ports.minimumMs) ? levels : undefined;
      return {
        ...metadata,
        [IS_COMPLETE]: String(isComplete),
        [BLANK]: String(blank !== undefined),
        ...(blank && hasSound(blank) && { [HAS_SOUND]: 'true' }),
      };
    },
  });
  return savedAs(kept);
}

/** What the object itself says of a recording. */
export function savedAs({ sizeBytes, metadata }: KeptRecording): SavedRecording {
  return {
    sizeBytes,
    durationMs: durationMsOf(sizeBytes),
    isComplete: metadata[IS_COMPLETE] !== 'false',
    isBlank: metadata[BLANK] === 'true',
    ...(metadata[HAS_SOUND] === 'true' && { hasSound: true }),
  };
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
