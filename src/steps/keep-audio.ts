import { type SavedRecording, IS_COMPLETE, BLANK, HAS_SOUND } from '../domain/recording-metadata.ts';
import { hasSound, isBlank, levelMeter, type Levels } from '../domain/audio/levels.ts';
import type { SetbackPort } from './ports.ts';
import { unlessRefused } from './unless-refused.ts';

/** The audio of a voicemail on its way into the bucket, wherever it comes from. */
interface AudioToKeep {
  readonly contactId: string;
  /** The key of the .wav file. */
  readonly recordingKey: string;
  /** The key of its levels. */
  readonly levelsKey: string;
  /** Stored with the file; `is-complete` and `blank` are added. */
  readonly metadata: Readonly<Record<string, string>>;
  /**
   * Signed 16-bit little-endian samples, one channel, 8000 a second. Read once; after an error in it nothing
   * is kept.
   */
  readonly pcm: AsyncIterable<Uint8Array>;
  /** Whether nothing of the voicemail is missing: asked when `pcm` is over. */
  readonly isComplete: () => boolean;
}

export interface KeepAudioPorts extends SetbackPort {
  /** Keeps a recording. If there is one under this key already, that one stays. */
  readonly keepRecording: (recording: RecordingToKeep) => Promise<SavedRecording>;
  /** Keeps a recording's levels, over those of an earlier try. */
  readonly keepLevels: (levelsKey: string, levels: Levels) => Promise<void>;
  /** A recording shorter than this is blank. */
  readonly minimumMs: number;
}

interface RecordingToKeep {
  readonly key: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** A chunk is valid until the next one is requested. */
  readonly pcm: AsyncIterable<Uint8Array>;
  /** The final metadata. Called after the end of `pcm`. */
  readonly metadataAtEnd: () => Readonly<Record<string, string>>;
}

/**
 * Keeps audio as a recording, with what there is to say about it.
 *
 * The loudness is measured while the audio is read, and written before the recording: so every recording has
 * its levels, also after a crash. An incomplete recording is never blank, because the words may be in the
 * missing part.
 */
export async function keepAudio(audio: AudioToKeep, ports: KeepAudioPorts): Promise<SavedRecording> {
  const { contactId, recordingKey, levelsKey, metadata, pcm } = audio;
  // A picture that may not be kept is no reason to lose the voicemail.
  const refusal = { what: 'the levels were not kept', contactId, instead: undefined };
  let levels: Levels | undefined;
  const keepLevels = async (heard: Levels) => {
    levels = heard;
    await unlessRefused(() => ports.keepLevels(levelsKey, heard), refusal, ports);
  };
  return ports.keepRecording({
    key: recordingKey,
    metadata: { ...metadata, [IS_COMPLETE]: 'true', [BLANK]: 'false' },
    pcm: measuring(pcm, keepLevels),
    metadataAtEnd: () => {
      const isComplete = audio.isComplete();
      const blank = isComplete && levels && isBlank(levels, ports.minimumMs) ? levels : undefined;
      return {
        ...metadata,
        [IS_COMPLETE]: String(isComplete),
        [BLANK]: String(blank !== undefined),
        ...(blank && hasSound(blank) && { [HAS_SOUND]: 'true' }),
      };
    },
  });
}

/** Passes audio on, and reports its levels before its end. */
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
