import { A_LAW_SAMPLES, MU_LAW_SAMPLES } from './g711.ts';
import type { WavContent } from './wav-content.ts';

/** How one sample of a WAV file is read. */
export interface SampleFormat {
  readonly sizeBytes: number;
  /** The sample at that offset, on the scale of 16 bits: -32,768 to 32,768. */
  readonly read: (view: DataView, offset: number) => number;
}

const PCM = 1;
const FLOAT = 3;
const FULL_SCALE = 32_768;

/** Format tags that recorders and telephone systems write, and that are not read here. Source: RFC 2361. */
const OTHER_FORMATS: Readonly<Record<number, string>> = {
  0x02: 'Microsoft ADPCM',
  0x10: 'Dialogic ADPCM',
  0x11: 'IMA ADPCM',
  0x22: 'TrueSpeech',
  0x31: 'GSM 6.10',
  0x40: 'G.721 ADPCM',
  0x45: 'G.726 ADPCM',
  0x50: 'MPEG',
  0x55: 'MP3',
  0x83: 'G.729',
  0xff: 'AAC',
  0x161: 'Windows Media',
};

/** PCM by its bits: 8 are unsigned, more are signed. */
const PCM_FORMATS: ReadonlyMap<number, SampleFormat> = new Map([
  [8, { sizeBytes: 1, read: (view, at) => (view.getUint8(at) - 128) * 256 }],
  [16, { sizeBytes: 2, read: (view, at) => view.getInt16(at, true) }],
  [24, { sizeBytes: 3, read: (view, at) => view.getInt16(at + 1, true) + view.getUint8(at) / 256 }],
  [32, { sizeBytes: 4, read: (view, at) => view.getInt32(at, true) / 65_536 }],
]);

const FLOAT_FORMATS: ReadonlyMap<number, SampleFormat> = new Map([
  [32, { sizeBytes: 4, read: (view, at) => numberOr0(view.getFloat32(at, true)) * FULL_SCALE }],
  [64, { sizeBytes: 8, read: (view, at) => numberOr0(view.getFloat64(at, true)) * FULL_SCALE }],
]);

const G711_FORMATS: Readonly<Record<number, SampleFormat>> = {
  6: { sizeBytes: 1, read: (view, at) => A_LAW_SAMPLES[view.getUint8(at)] ?? 0 },
  7: { sizeBytes: 1, read: (view, at) => MU_LAW_SAMPLES[view.getUint8(at)] ?? 0 },
};

/** How the samples of a WAV file are read; or, in words, which samples there are that are not read. */
export function sampleFormat({ formatTag, bitsPerSample }: WavContent): SampleFormat | string {
  if (formatTag === PCM) return PCM_FORMATS.get(bitsPerSample) ?? `${bitsPerSample}-bit PCM samples`;
  if (formatTag === FLOAT)
    return FLOAT_FORMATS.get(bitsPerSample) ?? `${bitsPerSample}-bit floating-point samples`;
  const name = OTHER_FORMATS[formatTag];
  return G711_FORMATS[formatTag] ?? `${name ?? `format ${formatTag}`} samples`;
}

function numberOr0(sample: number): number {
  return Number.isFinite(sample) ? sample : 0;
}
