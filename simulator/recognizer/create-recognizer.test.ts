import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { recordingOf, sampleVoicemails } from '../../scripts/make-samples.ts';
import { writeWav } from '../audio/write-wav.ts';
import { createRecognizer } from './create-recognizer.ts';
import { recognizerFiles } from './installed-packages.ts';
import { RecognizerUnavailableError } from './recognizer.ts';
import { wordErrorRate } from './word-error-rate.ts';

const NOTHING_INSTALLED = join(tmpdir(), 'nothing-is-installed-here.ts');
const HIGHEST_ERROR_RATE = 0.1;

const skip = missingPackages();
const recognizer = createRecognizer();
after(() => recognizer.close());

for (const sample of sampleVoicemails()) {
  const recording = readFileSync(new URL(`../../samples/${sample.file}`, import.meta.url));

  test(`${sample.file} is what make-samples makes of its text`, async () => {
    assert.ok((await recordingOf(sample)).equals(recording));
  });

  test(`${sample.file} is understood, one word in ten wrong at most`, { skip }, async (context) => {
    const { text, words, segments } = await recognizer.transcribe(recording);

    const rate = wordErrorRate(sample.text, text);
    context.diagnostic(`${(rate * 100).toFixed(1)} % of words wrong: ${text}`);
    assert.ok(rate <= HIGHEST_ERROR_RATE, text);
    assert.equal(words.map((word) => word.text).join(' '), text);
    assert.deepEqual(
      segments.flatMap((segment) => segment.words),
      words,
    );
    assert.ok(words.every((word) => word.confidence > 0 && word.confidence <= 1));
    assert.deepEqual(
      words.flatMap((word) => [word.startSeconds, word.endSeconds]),
      words.flatMap((word) => [word.startSeconds, word.endSeconds]).toSorted((a, b) => a - b),
    );
  });
}

test('a caller who says nothing is heard to say nothing', { skip }, async () => {
  const silence = writeWav(new Int16Array(8000));

  assert.deepEqual(await recognizer.transcribe(silence), {
    text: '',
    language: 'en',
    words: [],
    segments: [],
  });
});

test('a file that is not WAV is refused, and the next one is heard', { skip }, async () => {
  const refused = recognizer.transcribe(Buffer.from('no sound at all'));
  const heard = recognizer.transcribe(writeWav(new Int16Array(8000)));

  await assert.rejects(refused, { name: 'WavError' });
  assert.equal((await heard).text, '');
});

test('a recognizer that is closed while it works rejects what is waited for', { skip }, async () => {
  const closing = createRecognizer();
  const first = closing.transcribe(writeWav(new Int16Array(8000)));
  const second = closing.transcribe(writeWav(new Int16Array(8000)));
  await nextTurn();

  await closing.close();

  await assert.rejects(first, /ended before it had answered/);
  await assert.rejects(second, /the recognizer is closed/);
  await assert.rejects(closing.warmUp(), /the recognizer is closed/);
});

test('a recognizer that is closed while it loads ends nothing else', { skip }, async () => {
  const closing = createRecognizer();
  const loading = closing.warmUp();
  await nextTurn();

  await closing.close();

  await assert.rejects(loading, /ended before it had answered/);
});

test('without the optional packages the first use fails, and the error says what to install', async () => {
  const unavailable = createRecognizer({ installedFor: NOTHING_INSTALLED });

  await assert.rejects(
    unavailable.transcribe(new Uint8Array()),
    (error) =>
      error instanceof RecognizerUnavailableError &&
      error.message.startsWith('transcription unavailable: run npm ci with optional packages'),
  );
  await unavailable.close();
});

test(
  'models that cannot be loaded are an error for each recording, not an endless wait',
  { skip },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'broken-models-'));
    installEmptyModels(folder);
    const broken = createRecognizer({ installedFor: join(folder, 'index.ts') });

    await assert.rejects(broken.transcribe(writeWav(new Int16Array(8000))), /silero_vad_v5/);
    await assert.rejects(broken.transcribe(writeWav(new Int16Array(8000))), /silero_vad_v5/);

    await broken.close();
    rmSync(folder, { recursive: true });
  },
);

function installEmptyModels(folder: string): void {
  for (const name of [
    'onnxruntime-web',
    'llama-tokenizer-js',
    '@usefulsensors/moonshine-js',
    '@ricky0123/vad-web',
  ]) {
    mkdirSync(join(folder, 'node_modules', name), { recursive: true });
    writeFileSync(join(folder, 'node_modules', name, 'package.json'), JSON.stringify({ name }));
  }
  for (const file of Object.values(recognizerFiles(join(folder, 'index.ts')))) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
  }
}

/** The reason to leave out what needs the models, or false. */
function missingPackages(): string | false {
  try {
    recognizerFiles(import.meta.filename);
    return false;
  } catch (error) {
    if (error instanceof RecognizerUnavailableError) return error.message;
    throw error;
  }
}

/** Lets the first job reach its process. */
async function nextTurn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
