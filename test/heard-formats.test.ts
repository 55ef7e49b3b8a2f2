import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readWav } from '../simulator/audio/read-wav.ts';
import { writeWav } from '../simulator/audio/write-wav.ts';
import { createRecognizer } from '../simulator/recognizer/create-recognizer.ts';
import { recognizerFiles } from '../simulator/recognizer/installed-packages.ts';
import { RecognizerUnavailableError } from '../simulator/recognizer/recognizer.ts';
import { wordErrorRate } from '../simulator/recognizer/word-error-rate.ts';
import { WAV_FORMATS, wavFileOf } from './wav-formats.ts';

const SAMPLE = readFileSync(join(import.meta.dirname, '../samples/missing-order.wav'));
const HEARD = ['mu-law, 8 kHz', '24 bits, 44.1 kHz, stereo', 'floating-point, 22.05 kHz'] as const;

const skip = missingPackages();
const recognizer = createRecognizer();
after(() => recognizer.close());

for (const what of HEARD) {
  test(
    `a message in ${what} has the words of the same message as the telephone carries it`,
    { skip },
    async () => {
      const original = await recognizer.transcribe(SAMPLE);

      const brought = wavFileOf(readWav(SAMPLE), WAV_FORMATS[what]);
      const { text } = await recognizer.transcribe(writeWav(readWav(brought)));

      assert.ok(original.words.length > 15, original.text);
      assert.ok(wordErrorRate(original.text, text) <= 0.05, text);
    },
  );
}

/** The packages are optional. */
function missingPackages(): string | false {
  try {
    recognizerFiles(import.meta.filename);
    return false;
  } catch (error) {
    if (error instanceof RecognizerUnavailableError) return error.message;
    throw error;
  }
}
