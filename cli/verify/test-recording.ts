import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A few words by a synthesizer, which say that this is a test. `scripts/make-samples.ts` makes it again. */
export const TEST_RECORDING = join(import.meta.dirname, '../../samples/test-voicemail.wav');

export function testRecording(): Uint8Array {
  return readFileSync(TEST_RECORDING);
}
