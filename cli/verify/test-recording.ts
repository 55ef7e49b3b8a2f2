import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A few words by a synthesizer, which say that this is a test. `scripts/make-samples.ts` makes it again. */
export const TEST_RECORDING = join(import.meta.dirname, '../../samples/test-voicemail.wav');

/** What is said in it. */
export const TEST_WORDS = 'This is a test of voicemail express. Please ignore it.';
export const TEST_LANGUAGE = 'en-US';

const HEADER_BYTES = 44;

/** Its samples: 8 kHz, 16 bits, mono. */
export function samplesIn(wav: Uint8Array): Uint8Array {
  return wav.subarray(HEADER_BYTES);
}

export function testSamples(): Uint8Array {
  return samplesIn(readFileSync(TEST_RECORDING));
}
