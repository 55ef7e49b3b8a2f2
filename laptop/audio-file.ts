import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { type CallerAudio, readWav } from '../simulator/audio/read-wav.ts';
import { WavError } from '../simulator/audio/wav-content.ts';

/** A file that is no caller's audio, or cannot be read. The message is for the person who named it. */
export class AudioFileError extends Error {
  override readonly name = 'AudioFileError';
}

/** Endings of files that hold audio. */
const AUDIO_ENDINGS =
  /\.(?:wav|wave|mp3|m4a|mp4|aac|ogg|oga|opus|flac|aiff?|caf|amr|3gp|wma|webm|au|gsm|raw|pcm|ulaw|alaw)$/i;

/** Whether a text is the name of a file of audio, whether the file is there or not. */
export function isAudioFileName(text: string): boolean {
  return AUDIO_ENDINGS.test(text);
}

/**
 * What a caller says, from a WAV file. Throws AudioFileError, which names the file, what it is and what is
 * allowed, and how another kind of file becomes one that can be played.
 */
export function readAudioFile(file: string): CallerAudio {
  const samples = samplesIn(file);
  if (samples.length === 0) throw new AudioFileError(`${file}: a WAV file without a single sample`);
  return samples;
}

function samplesIn(file: string): CallerAudio {
  try {
    return readWav(readFileSync(file), file);
  } catch (error) {
    if (error instanceof WavError)
      throw new AudioFileError(`${error.message}.\nffmpeg converts it: ${ffmpegLine(file)}`, {
        cause: error,
      });
    const reason = error instanceof Error ? error.message : String(error);
    throw new AudioFileError(`${file}: cannot be read (${reason})`, { cause: error });
  }
}

/** For a POSIX shell. */
function ffmpegLine(file: string): string {
  const made = `${basename(file, extname(file))}-8k.wav`;
  return `ffmpeg -i ${quoted(file)} -ac 1 -ar 8000 -c:a pcm_s16le ${quoted(made)}`;
}

function quoted(text: string): string {
  return /^[\w./][\w./+-]*$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
