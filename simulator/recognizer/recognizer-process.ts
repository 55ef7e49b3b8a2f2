import { once } from 'node:events';
import { WavError } from '../audio/wav-content.ts';
import type { RecognizerFiles } from './installed-packages.ts';
import type { Recognition } from './recognizer.ts';
import { loadSpeechModels, type SpeechModels } from './speech-models.ts';

/** The first message to the process. Each further one is a WAV file. */
export interface RecognizerOrder {
  readonly files: RecognizerFiles;
  readonly threads: number;
}

/** What it says: once `ready`, then one of the others for each file it was sent. */
export type RecognizerAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'recognized'; readonly recognition: Recognition }
  | { readonly kind: 'not-wav'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

// Ctrl+C reaches this process too: it is the simulator that ends it, or its own end.
process.on('SIGINT', () => {});
process.once('disconnect', () => process.exit());
const [order]: readonly RecognizerOrder[] = await once(process, 'message');
if (!order) throw new Error('the recognizer was started without an order');
const models = await loadSpeechModels(order.files, order.threads).catch((error: unknown) => {
  // Once it is sent.
  process.send?.(failure(error), () => process.exit());
});
if (models) {
  process.on('message', (wav: Uint8Array) => void answerTo(wav, models).then(answer));
  answer({ kind: 'ready' });
}

async function answerTo(wav: Uint8Array, { recognize }: SpeechModels): Promise<RecognizerAnswer> {
  try {
    return { kind: 'recognized', recognition: await recognize(wav) };
  } catch (error) {
    return error instanceof WavError ? { kind: 'not-wav', message: error.message } : failure(error);
  }
}

function failure(error: unknown): RecognizerAnswer {
  return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
}

function answer(message: RecognizerAnswer): void {
  process.send?.(message);
}
