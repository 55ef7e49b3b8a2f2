import { type CallerAudio, TELEPHONE_RATE_HZ } from './read-wav.ts';

const HEADER_BYTES = 44;
const BYTES_PER_SAMPLE = 2;
const PCM_TAG = 1;

/**
 * Caller audio as a WAV file: 44 header bytes, then the samples, little-endian.
 * Of several channels the samples take turns.
 *
 * Source: IBM and Microsoft, "Multimedia Programming Interface and Data
 * Specifications 1.0" (1991), chapter 3, Waveform Audio File Format.
 */
export function writeWav(samples: CallerAudio, channels = 1): Buffer {
  const dataBytes = samples.length * BYTES_PER_SAMPLE;
  const file = Buffer.alloc(HEADER_BYTES + dataBytes);
  file.write('RIFF', 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(PCM_TAG, 20);
  file.writeUInt16LE(channels, 22);
  file.writeUInt32LE(TELEPHONE_RATE_HZ, 24);
  file.writeUInt32LE(TELEPHONE_RATE_HZ * BYTES_PER_SAMPLE * channels, 28);
  file.writeUInt16LE(BYTES_PER_SAMPLE * channels, 32);
  file.writeUInt16LE(BYTES_PER_SAMPLE * 8, 34);
  file.write('data', 36);
  file.writeUInt32LE(dataBytes, 40);
  for (const [index, sample] of samples.entries())
    file.writeInt16LE(sample, HEADER_BYTES + index * BYTES_PER_SAMPLE);
  return file;
}
