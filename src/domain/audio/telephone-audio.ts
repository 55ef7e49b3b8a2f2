import { A_LAW, MU_LAW } from './g711.ts';
import { isBlank, levelMeter, type Levels } from './levels.ts';
import { createResampler } from './resample.ts';
import { steadinessMeter } from './steadiness.ts';
import { BYTES_PER_MS, SAMPLE_RATE_HZ } from './wav.ts';
import type { WavAudio, WavFormat } from './wav-reader.ts';

/** Which part of a WAV file is kept: its right channel, or the mean of all channels. */
export type KeptChannel = 'right' | 'mean';

const LEFT = 0;
const RIGHT = 1;

/**
 * The audio of a WAV file as recordings are kept: signed 16-bit little-endian samples, one channel, 8000 a
 * second, from `offsetMs` on. A file in that form passes unchanged.
 */
export async function* telephonePcm(
  wav: WavAudio,
  offsetMs: number,
  kept: KeptChannel = 'mean',
): AsyncGenerator<Uint8Array, void, void> {
  const { format } = wav;
  const { encoding, channels, sampleRateHz } = format;
  const isTelephonePcm = encoding === 'pcm16' && channels === 1 && sampleRateHz === SAMPLE_RATE_HZ;
  const toPcm = telephoneConverter(format, kept === 'right' && channels > RIGHT ? [RIGHT] : undefined);
  for await (const bytes of framesFrom(wav, offsetMs)) yield isTelephonePcm ? bytes : toPcm.push(bytes);
  const rest = toPcm.finish();
  if (rest.length > 0) yield rest;
}

/**
 * The offset can be up to a second too early, and then the tone comes. The tone can be the only sound on the
 * channel of the prompts.
 */
const TONE_MS = 2500;
/**
 * The distance of speech from line noise: a channel that is so much softer than the other one has no voice.
 */
const LOUDEST_RATIO = 10 ** (30 / 20);

/**
 * Which channel of an IVR recording to keep. Reads the frames to their end.
 *
 * Amazon Connect puts the customer on the right channel of the automated part of a call, and the prompts on
 * the left. That was never measured, and with the wrong channel the message would be lost. So the right one
 * is kept if there is speech on it from `offsetMs` on. The mean, which has everybody at half the loudness,
 * is kept if
 *
 *     - nothing is heard on the right from there to the end, and something on the left after the tone; or
 *     - only while the tone may sound, and on the left afterwards; or
 *     - it is as loud all the time, like the noise of a line, and the left is not; or
 *     - it is 30 dB softer than the left, like the noise of a line beside a voice; or
 *     - the file does not have two channels.
 *
 * Source: Amazon Connect administrator guide, "Set recording, analytics and processing behavior".
 */
export async function callerChannelOf(wav: WavAudio, offsetMs: number): Promise<KeptChannel> {
  const { format, frames } = wav;
  if (format.channels !== 2) {
    await frames.return();
    return 'mean';
  }
  const left = channelMeter(format, LEFT);
  const right = channelMeter(format, RIGHT);
  for await (const bytes of framesFrom(wav, offsetMs)) {
    left.add(bytes);
    right.add(bytes);
  }
  const [onLeft, onRight] = [left.end(), right.end()];
  const isOnLeft = !isBlank(onLeft.afterTone, 0);
  if (isVoiceBeside(onRight.afterTone, onLeft.afterTone)) {
    return isOnLeft && onRight.isSteady && !onLeft.isSteady ? 'mean' : 'right';
  }
  if (isOnLeft) return 'mean';
  // Nothing but a tone: the caller said nothing, and the tone is no message.
  if (isBlank(onRight.all, 0)) return isBlank(onLeft.all, 0) ? 'mean' : 'right';
  return isVoiceBeside(onRight.all, onLeft.all) ? 'right' : 'mean';
}

function isVoiceBeside(channel: Levels, other: Levels): boolean {
  return !isBlank(channel, 0) && other.rms <= channel.rms * LOUDEST_RATIO;
}

/** The levels of one channel, in total and without the time of a possible tone. */
function channelMeter(format: WavFormat, channel: number) {
  const converter = telephoneConverter(format, [channel]);
  const all = levelMeter();
  const afterTone = levelMeter();
  const steadiness = steadinessMeter();
  let toneBytes = TONE_MS * BYTES_PER_MS;
  const add = (pcm: Uint8Array) => {
    const later = pcm.subarray(toneBytes);
    all.add(pcm);
    afterTone.add(later);
    steadiness.add(later);
    toneBytes = Math.max(0, toneBytes - pcm.length);
  };
  return {
    add: (bytes: Uint8Array) => add(converter.push(bytes)),
    end() {
      add(converter.finish());
      return { all: all.end(), afterTone: afterTone.end(), isSteady: steadiness.isSteady() };
    },
  };
}

/** The same audio, and how long it was as far as it was read. */
export function timed(wav: WavAudio): { readonly wav: WavAudio; readonly lengthMs: () => number } {
  const { sampleRateHz, frameBytes } = wav.format;
  let bytesRead = 0;
  async function* frames(): WavAudio['frames'] {
    for await (const bytes of wav.frames) {
      bytesRead += bytes.length;
      yield bytes;
    }
  }
  const lengthMs = () => (bytesRead / frameBytes / sampleRateHz) * 1000;
  return { wav: { ...wav, frames: frames() }, lengthMs };
}

/** Whole frames from `offsetMs` on. */
async function* framesFrom(
  { format: { sampleRateHz, frameBytes }, frames }: WavAudio,
  offsetMs: number,
): AsyncGenerator<Uint8Array, void, void> {
  let skipBytes = Math.round((offsetMs * sampleRateHz) / 1000) * frameBytes;
  for await (const bytes of frames) {
    const kept = bytes.subarray(skipBytes);
    skipBytes = Math.max(0, skipBytes - bytes.length);
    if (kept.length > 0) yield kept;
  }
}

/** Turns whole frames into telephone samples: the mean of these channels, or of all. */
function telephoneConverter(format: WavFormat, channels?: readonly number[]) {
  const { sampleRateHz } = format;
  const resampler =
    sampleRateHz === SAMPLE_RATE_HZ ? undefined : createResampler(sampleRateHz, SAMPLE_RATE_HZ);
  const wanted = channels ?? Array.from({ length: format.channels }, (_, channel) => channel);
  return {
    push(bytes: Uint8Array): Uint8Array {
      const mono = monoOf(bytes, format, wanted);
      return pcmOf(resampler ? resampler.push(mono) : mono);
    },
    finish: () => pcmOf(resampler?.finish() ?? new Float64Array()),
  };
}

function monoOf(
  bytes: Uint8Array,
  { encoding, channels, frameBytes }: WavFormat,
  wanted: readonly number[],
): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sampleBytes = frameBytes / channels;
  const sampleAt = {
    pcm16: (at: number) => view.getInt16(at, true),
    'mu-law': (at: number) => MU_LAW[view.getUint8(at)] ?? 0,
    'a-law': (at: number) => A_LAW[view.getUint8(at)] ?? 0,
  }[encoding];
  const mono = new Float64Array(bytes.length / frameBytes);
  for (let frame = 0; frame < mono.length; frame++) {
    let sum = 0;
    for (const channel of wanted) sum += sampleAt(frame * frameBytes + channel * sampleBytes);
    mono[frame] = sum / wanted.length;
  }
  return mono;
}

function pcmOf(samples: Float64Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(samples.length * 2));
  for (const [index, sample] of samples.entries())
    view.setInt16(index * 2, Math.max(-32_768, Math.min(32_767, Math.round(sample))), true);
  return new Uint8Array(view.buffer);
}
