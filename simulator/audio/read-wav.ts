import { resample } from './resample.ts';
import { type WavContent, WavError, wavContent } from './wav-content.ts';

/** What a telephone carries of a caller: 16-bit samples, 8,000 a second, one channel. */
export type CallerAudio = Int16Array;

export const TELEPHONE_RATE_HZ = 8000;

const PCM_TAG = 1;
const FORMAT_NAMES: Readonly<Record<number, string>> = { 3: 'floating-point', 6: 'A-law', 7: 'mu-law' };
const BYTES_PER_SAMPLE = 2;
const RATES_HZ: readonly number[] = [8000, 16_000, 44_100, 48_000];
const MOST_CHANNELS = 2;
const ALLOWED = 'allowed: 16-bit PCM, 8/16/44.1/48 kHz, mono or stereo';

/**
 * A WAV file as the telephone would carry it: mixed to one channel, resampled to
 * 8 kHz. A file that is 8 kHz mono already comes out sample for sample.
 *
 * `name` is what an error calls the file. Half a sample at a cut-off end is dropped.
 *
 * Throws WavError with a sentence that says what came and what is allowed.
 */
export function readWav(file: Uint8Array, name = 'the recording'): CallerAudio {
  const content = contentOf(file, name);
  const fault = faultIn(content);
  if (fault) throw new WavError(`${name}: ${fault}; ${ALLOWED}`);

  const samples = samplesIn(content.data);
  const { channels, sampleRateHz } = content;
  if (channels === 1 && sampleRateHz === TELEPHONE_RATE_HZ) return samples;

  const mono = mixed(samples, channels);
  return toInt16(resample(mono, sampleRateHz, TELEPHONE_RATE_HZ));
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
function faultIn({ formatTag, channels, sampleRateHz, bitsPerSample }: WavContent): string | undefined {
  if (formatTag !== PCM_TAG) return `${FORMAT_NAMES[formatTag] ?? `format ${formatTag}`} samples`;
  if (bitsPerSample !== BYTES_PER_SAMPLE * 8) return `${bitsPerSample}-bit samples`;
  if (!RATES_HZ.includes(sampleRateHz)) return `${sampleRateHz} Hz`;
  if (channels < 1 || channels > MOST_CHANNELS) return `${channels} channels`;
  return undefined;
}

/** Little-endian samples, channels interleaved; copied, because a data chunk may lie at an odd offset. */
function samplesIn(data: Uint8Array): Int16Array {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const count = Math.floor(data.byteLength / BYTES_PER_SAMPLE);
  return Int16Array.from({ length: count }, (_, index) => view.getInt16(index * BYTES_PER_SAMPLE, true));
}

function mixed(samples: Int16Array, channels: number): Float32Array {
  const mono = new Float32Array(Math.floor(samples.length / channels));
  for (let frame = 0; frame < mono.length; frame += 1) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) sum += samples[frame * channels + channel] ?? 0;
    mono[frame] = sum / channels;
  }
  return mono;
}

function toInt16(samples: Float32Array): Int16Array {
  return Int16Array.from(samples, (sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample))));
}
