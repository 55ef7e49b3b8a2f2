import { resample } from './resample.ts';
import { type SampleFormat, sampleFormat } from './sample-format.ts';
import { type WavContent, WavError, wavContent } from './wav-content.ts';

/** What a telephone carries of a caller: 16-bit samples, 8,000 a second, one channel. */
export type CallerAudio = Int16Array;

export const TELEPHONE_RATE_HZ = 8000;

const LOWEST_RATE_HZ = 4000;
const HIGHEST_RATE_HZ = 384_000;
const MOST_CHANNELS = 8;
const ALLOWED =
  'allowed: WAV with PCM of 8, 16, 24 or 32 bits, floating-point, mu-law or A-law samples, 4 to 384 kHz, 1 to 8 channels';

/**
 * A WAV file as the telephone would carry it: mixed to one channel, resampled to
 * 8 kHz. A file that is 16-bit PCM, 8 kHz and mono already comes out sample for sample.
 *
 * `name` is what an error calls the file. Half a frame at a cut-off end is dropped.
 *
 * Throws WavError with a sentence that says what came and what is allowed.
 */
export function readWav(file: Uint8Array, name = 'the recording'): CallerAudio {
  const content = contentOf(file, name);
  const format = sampleFormat(content);
  const fault = typeof format === 'string' ? format : faultIn(content);
  if (typeof format === 'string' || fault !== undefined) throw new WavError(`${name}: ${fault}; ${ALLOWED}`);

  const { sampleRateHz } = content;
  const mono = monoOf(content, format);
  return toInt16(sampleRateHz === TELEPHONE_RATE_HZ ? mono : resample(mono, sampleRateHz, TELEPHONE_RATE_HZ));
}

function contentOf(file: Uint8Array, name: string): WavContent {
  try {
    return wavContent(file);
  } catch (error) {
    if (!(error instanceof WavError)) throw error;
    throw new WavError(`${name}: ${error.message}; ${ALLOWED}`, { cause: error });
  }
}

/** Why a file is refused, in words; undefined if it is not. */
function faultIn({ channels, sampleRateHz }: WavContent): string | undefined {
  if (sampleRateHz < LOWEST_RATE_HZ || sampleRateHz > HIGHEST_RATE_HZ) return `${sampleRateHz} Hz`;
  if (channels < 1 || channels > MOST_CHANNELS) return `${channels} channels`;
  return undefined;
}

/** The mean of the channels, which are interleaved. A data chunk may lie at an odd offset. */
function monoOf({ data, channels }: WavContent, { sizeBytes, read }: SampleFormat): Float32Array {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const frameBytes = sizeBytes * channels;
  return Float32Array.from({ length: Math.floor(data.byteLength / frameBytes) }, (_, frame) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1)
      sum += read(view, frame * frameBytes + channel * sizeBytes);
    return sum / channels;
  });
}

function toInt16(samples: Float32Array): Int16Array {
  return Int16Array.from(samples, (sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample))));
}
