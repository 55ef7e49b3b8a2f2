import { parentPort, workerData } from 'node:worker_threads';
import { WavError } from '../audio/wav-content.ts';
import type { RecognizerFiles } from './installed-packages.ts';
import type { Recognition } from './recognizer.ts';
import { loadSpeechModels, type SpeechModels } from './speech-models.ts';

export interface WorkerOrder {
  readonly files: RecognizerFiles;
  readonly threads: number;
}

/** What the worker says: once `ready`, then one of the others for each file it was sent. */
export type WorkerAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'recognized'; readonly recognition: Recognition }
  | { readonly kind: 'not-wav'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

const { files, threads }: WorkerOrder = workerData;
const models = await loadSpeechModels(files, threads);
parentPort?.on('message', (wav: Uint8Array) => void answerTo(wav, models).then(answer));
answer({ kind: 'ready' });

async function answerTo(wav: Uint8Array, { recognize }: SpeechModels): Promise<WorkerAnswer> {
  try {
    return { kind: 'recognized', recognition: await recognize(wav) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: error instanceof WavError ? 'not-wav' : 'failed', message };
  }
}

function answer(message: WorkerAnswer): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's port is no window
  parentPort?.postMessage(message);
}
