import { resample } from '../simulator/audio/resample.ts';

/** A kind of WAV file that people bring: its header, and how a sample of -1 to 1 is written. */
interface WavFormat {
  readonly tag: number;
  readonly rateHz: number;
  readonly channels: number;
  readonly bits: number;
  readonly write: (view: DataView, offset: number, sample: number) => void;
}

const pcm24: WavFormat['write'] = (view, at, sample) => {
  const value = Math.round(sample * 8_388_607);
  view.setUint16(at, value & 0xffff, true);
  view.setInt8(at + 2, value >> 16);
};

/** Encodes a sample as G.711 does, by the segment that it lies in. */
const muLaw: WavFormat['write'] = (view, at, sample) => {
  const magnitude = Math.min(Math.abs(Math.round(sample * 8_191)) + 33, 8_191);
  const exponent = Math.max(0, 26 - Math.clz32(magnitude));
  const code = (sample < 0 ? 0x80 : 0) | (exponent << 4) | ((magnitude >> (exponent + 1)) & 0x0f);
  view.setUint8(at, ~code & 0xff);
};

const aLaw: WavFormat['write'] = (view, at, sample) => {
  const magnitude = Math.min(Math.abs(Math.round(sample * 4_095)), 4_095);
  const exponent = Math.max(0, 27 - Math.clz32(magnitude));
  const mantissa = (magnitude >> Math.max(1, exponent)) & 0x0f;
  view.setUint8(at, ((sample < 0 ? 0 : 0x80) | (exponent << 4) | mantissa) ^ 0x55);
};

export const WAV_FORMATS = {
  'mu-law, 8 kHz': { tag: 7, rateHz: 8000, channels: 1, bits: 8, write: muLaw },
  'A-law, 16 kHz': { tag: 6, rateHz: 16_000, channels: 1, bits: 8, write: aLaw },
  '8 bits, 11.025 kHz': {
    tag: 1,
    rateHz: 11_025,
    channels: 1,
    bits: 8,
    write: (view, at, sample) => view.setUint8(at, Math.round(sample * 127) + 128),
  },
  '24 bits, 44.1 kHz, stereo': { tag: 1, rateHz: 44_100, channels: 2, bits: 24, write: pcm24 },
  '32 bits, 96 kHz': {
    tag: 1,
    rateHz: 96_000,
    channels: 1,
    bits: 32,
    write: (view, at, sample) => view.setInt32(at, Math.round(sample * 2_147_483_647), true),
  },
  'floating-point, 22.05 kHz': {
    tag: 3,
    rateHz: 22_050,
    channels: 1,
    bits: 32,
    write: (view, at, sample) => view.setFloat32(at, sample, true),
  },
} as const satisfies Record<string, WavFormat>;

/**
 * Samples of 8 kHz as a WAV file of another kind, as a recorder that streams leaves it: the size of its audio is
 * not filled in.
 */
export function wavFileOf(samples: Int16Array, { tag, rateHz, channels, bits, write }: WavFormat): Buffer {
  const scaled = Float32Array.from(samples, (sample) => sample / 32_768);
  const mono = rateHz === 8000 ? scaled : resample(scaled, 8000, rateHz);
  const sampleBytes = bits / 8;
  const header = Buffer.alloc(44);
  header.write('RIFF\xff\xff\xff\xffWAVEfmt ', 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(tag, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rateHz, 24);
  header.writeUInt32LE(rateHz * channels * sampleBytes, 28);
  header.writeUInt16LE(channels * sampleBytes, 32);
  header.writeUInt16LE(bits, 34);
  header.write('data\xff\xff\xff\xff', 36, 'latin1');
  const data = new DataView(new ArrayBuffer(mono.length * channels * sampleBytes));
  for (const [frame, sample] of mono.entries()) {
    const within = Math.max(-1, Math.min(1, sample));
    for (let channel = 0; channel < channels; channel += 1)
      write(data, (frame * channels + channel) * sampleBytes, within);
  }
  return Buffer.concat([header, new Uint8Array(data.buffer)]);
}
