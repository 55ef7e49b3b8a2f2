/**
 * Makes the bundled voicemails again: `node scripts/make-samples.ts`.
 *
 * Their texts, voices and callers are in samples/samples.json. The synthesizer always makes the same sound
 * from the same text, so the recordings change only if that file changes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { TEST_RECORDING } from '../cli/verify/test-recording.ts';
import { TEST_WORDS } from '../src/domain/test-voicemail.ts';
import { say } from '../simulator/audio/say.ts';
import { writeWav } from '../simulator/audio/write-wav.ts';

const SAMPLES = new URL('../samples/', import.meta.url);
/** The time between the tone and the first word, and between the last word and the hang-up. */
const PAUSE = new Int16Array(4000);

const sampleList = z.array(
  z.object({
    file: z.string().endsWith('.wav'),
    voice: z.enum(['rms', 'slt', 'awb', 'kal', 'kal16']),
    /** The caller's number, E.164. */
    from: z.string().regex(/^\+[1-9]\d{6,14}$/),
    text: z.string().min(1),
  }),
);

export type Sample = z.infer<typeof sampleList>[number];

export function sampleVoicemails(): Sample[] {
  return sampleList.parse(JSON.parse(readFileSync(new URL('samples.json', SAMPLES), 'utf8')));
}

/** What a deployed stack is tested with. */
export const TEST_VOICEMAIL = {
  text: TEST_WORDS,
  voice: 'slt',
} as const;

export async function recordingOf({ text, voice }: Pick<Sample, 'text' | 'voice'>): Promise<Buffer> {
  return writeWav(Int16Array.from([...PAUSE, ...(await say(text, voice)), ...PAUSE]));
}

if (import.meta.main) {
  writeFileSync(TEST_RECORDING, await recordingOf(TEST_VOICEMAIL));
  for (const sample of sampleVoicemails()) {
    const recording = await recordingOf(sample);
    writeFileSync(new URL(sample.file, SAMPLES), recording);
    console.log(`samples/${sample.file}: ${recording.length} bytes`);
  }
}
