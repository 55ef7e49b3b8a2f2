import { type SavedRecording, IS_COMPLETE, BLANK, HAS_SOUND } from '../domain/recording-metadata.ts';
import { hasSound, isBlank, levelMeter, type Levels } from '../domain/audio/levels.ts';

/** The audio of a voicemail on its way into the bucket, wherever it comes from. */
interface AudioToKeep {
  readonly contactId: string;
  /** The key of the .wav file. */
  readonly recordingKey: string;
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

export interface KeepAudioPorts {
  /** Keeps a recording. If there is one under this key already, that one stays. */
  readonly keepRecording: (recording: RecordingToKeep) => Promise<SavedRecording>;
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

/** A recording, and how loud it is, if that was heard while it was kept. */
export interface KeptRecording extends SavedRecording {
  readonly levels?: Levels | undefined;
}

/**
 * Keeps audio as a recording, with what there is to say about it.
 *
 * The loudness is measured while the audio is read. An incomplete recording is never blank, because the words may be
 * in the missing part.
 */
export async function keepAudio(audio: AudioToKeep, ports: KeepAudioPorts): Promise<KeptRecording> {
  const { recordingKey, metadata, pcm } = audio;
  let levels: Levels | undefined;
  const kept = await ports.keepRecording({
    key: recordingKey,
    metadata: { ...metadata, [IS_COMPLETE]: 'true', [BLANK]: 'false' },
    pcm: measuring(pcm, (heard) => void (levels = heard)),
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
  // An earlier try can have kept more or less of the message.
  return levels?.durationMs === kept.durationMs ? { ...kept, levels } : kept;
}

/** Passes audio on, and reports its levels before its end. */
async function* measuring(
  pcm: AsyncIterable<Uint8Array>,
  tell: (levels: Levels) => void,
): AsyncGenerator<Uint8Array> {
  const meter = levelMeter();
  for await (const samples of pcm) {
    meter.add(samples);
    yield samples;
  }
  const levels = meter.end();
  if (levels.durationMs > 0) tell(levels);
}
