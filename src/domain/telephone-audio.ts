import { A_LAW, MU_LAW } from './g711.ts';
import { createResampler } from './resample.ts';
import { SAMPLE_RATE_HZ } from './wav.ts';
import type { WavAudio, WavFormat } from './wav-reader.ts';

/**
 * The audio of a WAV file as recordings are kept: signed 16-bit little-endian
 * samples, one channel, 8000 a second, from `offsetMs` on. One that is so already
 * passes unchanged.
 *
 * Several channels become their mean. Amazon Connect's documentation puts the
 * customer on the left channel of recordings with an agent, and says nothing of
 * those of automated interactions. A channel chosen wrongly would be a message
 * lost; the mean is at worst half as loud.
 */
export async function* telephonePcm(
  { format, frames }: WavAudio,
  offsetMs: number,
): AsyncGenerator<Uint8Array, void, void> {
  const { encoding, channels, sampleRateHz, frameBytes } = format;
  const resampler =
    sampleRateHz === SAMPLE_RATE_HZ ? undefined : createResampler(sampleRateHz, SAMPLE_RATE_HZ);
  const isTelephonePcm = encoding === 'pcm16' && channels === 1 && !resampler;
  let skipBytes = Math.round((offsetMs * sampleRateHz) / 1000) * frameBytes;

  for await (const bytes of frames) {
    const kept = bytes.subarray(skipBytes);
    skipBytes = Math.max(0, skipBytes - bytes.length);
    if (kept.length === 0) continue;
    if (isTelephonePcm) {
      yield kept;
      continue;
    }
    const mono = monoOf(kept, format);
    yield pcmOf(resampler ? resampler.push(mono) : mono);
  }
  if (resampler) yield pcmOf(resampler.finish());
}

function monoOf(bytes: Uint8Array, { encoding, channels, frameBytes }: WavFormat): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sampleBytes = frameBytes / channels;
  const sampleAt = {
    pcm16: (at: number) => view.getInt16(at, true),
    'mu-law': (at: number) => MU_LAW[view.getUint8(at)] ?? 0,
    'a-law': (at: number) => A_LAW[view.getUint8(at)] ?? 0,
  }[encoding];
  return Float64Array.from({ length: bytes.length / frameBytes }, (_, frame) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++)
      sum += sampleAt(frame * frameBytes + channel * sampleBytes);
    return sum / channels;
  });
}

function pcmOf(samples: Float64Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(samples.length * 2));
  for (const [index, sample] of samples.entries())
    view.setInt16(index * 2, Math.max(-32_768, Math.min(32_767, Math.round(sample))), true);
  return new Uint8Array(view.buffer);
}
