import { PermanentError } from '../errors.ts';

/** RIFF header, one `fmt ` chunk for PCM, and the head of the `data` chunk. */
export const WAV_HEADER_BYTES = 44;

export const SAMPLE_RATE_HZ = 8000;
const BYTES_PER_SAMPLE = 2;
/** 16. */
export const BYTES_PER_MS = (SAMPLE_RATE_HZ * BYTES_PER_SAMPLE) / 1000;
const PCM_FORMAT_TAG = 1;
const ONE_CHANNEL = 1;
const LARGEST_DATA_BYTES = 0xffffffff - WAV_HEADER_BYTES;

/**
 * The header of a .wav file: 44 bytes, for `dataBytes` of signed 16-bit little-endian samples, one channel,
 * 8000 a second, as Amazon Connect records.
 *
 * Throws PermanentError MALFORMED_MEDIA above 4 GiB, three days of talking: the
 * format has no room for it.
 *
 * Source: IBM and Microsoft, "Multimedia Programming Interface and Data
 * Specifications 1.0" (1991), chapter 3, Waveform Audio File Format.
 */
export function wavHeader(dataBytes: number): Uint8Array {
  if (dataBytes > LARGEST_DATA_BYTES)
    throw new PermanentError('MALFORMED_MEDIA', `${dataBytes} bytes of audio do not fit a WAV file`);

  const header = new Uint8Array(WAV_HEADER_BYTES);
  const view = new DataView(header.buffer);
  const ascii = (offset: number, text: string) => header.set(new TextEncoder().encode(text), offset);

  ascii(0, 'RIFF');
  view.setUint32(4, WAV_HEADER_BYTES - 8 + dataBytes, true);
  ascii(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, PCM_FORMAT_TAG, true);
  view.setUint16(22, ONE_CHANNEL, true);
  view.setUint32(24, SAMPLE_RATE_HZ, true);
  view.setUint32(28, SAMPLE_RATE_HZ * BYTES_PER_SAMPLE, true);
  view.setUint16(32, BYTES_PER_SAMPLE, true);
  view.setUint16(34, BYTES_PER_SAMPLE * 8, true);
  ascii(36, 'data');
  view.setUint32(40, dataBytes, true);
  return header;
}

/** How long a recording plays, in whole milliseconds, from the size of its .wav file, header included. */
export function durationMsOf(sizeBytes: number): number {
  return Math.round(Math.max(0, sizeBytes - WAV_HEADER_BYTES) / BYTES_PER_MS);
}

/** The samples in a .wav file of ours. */
export function samplesOf(wav: Uint8Array): Uint8Array {
  return wav.subarray(WAV_HEADER_BYTES);
}
