import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { WavError } from '../audio/wav-content.ts';
import { recognizerFiles } from './installed-packages.ts';
import type { Recognition, Recognizer } from './recognizer.ts';
import type { WorkerAnswer, WorkerOrder } from './recognizer-worker.ts';

export interface LocalRecognizer extends Recognizer {
  /** Loads the models now, instead of with the first recording. */
  readonly warmUp: () => Promise<void>;
}

/**
 * A recognizer of English speech that runs on this machine, from files that npm
 * installed: no network, the same result every time.
 *
 * Nothing is loaded before it is needed, or before `warmUp`. The models live in a
 * worker of their own and stay loaded; recordings are taken one after the other.
 * An idle recognizer does not keep the process alive.
 *
 * It does not know other languages, does not separate speakers, and leaves numbers as the model writes them.
 */
export function createRecognizer({
  threads = 1,
  installedFor = import.meta.filename,
}: {
  /** Threads that share the arithmetic. A second one takes twice the CPU, and saves little time: it waits busily. */
  threads?: number;
  /** The file from which packages are looked up; tests point it elsewhere. */
  installedFor?: string;
} = {}): LocalRecognizer {
  let listener: Listener | undefined;
  let lastJob: Promise<unknown> = Promise.resolve();
  let closed = false;

  function requireListener(): Listener {
    if (closed) throw new Error('the recognizer is closed');
    if (listener) return listener;
    const started = startListener({ files: recognizerFiles(installedFor), threads }, () => {
      if (listener === started) listener = undefined;
    });
    return (listener = started);
  }

  return {
    async warmUp() {
      await requireListener().ready;
    },
    transcribe(wav) {
      const job = lastJob.then(() => requireListener().hear(wav));
      lastJob = Promise.allSettled([job]);
      return job;
    },
    async close() {
      closed = true;
      await listener?.stop();
    },
  };
}

/** The worker that has the models, or is loading them. */
interface Listener {
  readonly ready: Promise<unknown>;
  readonly hear: (wav: Uint8Array) => Promise<Recognition>;
  readonly stop: () => Promise<unknown>;
}

/** `onEnd` is called when the worker has ended, by `stop` or by a crash: it cannot be used any more. */
function startListener(order: WorkerOrder, onEnd: () => void): Listener {
  const worker = new Worker(new URL('./recognizer-worker.ts', import.meta.url), { workerData: order });
  worker.once('exit', onEnd);
  worker.once('error', onEnd);
  const ready = nextAnswer(worker);
  return {
    ready,
    async hear(wav) {
      await ready;
      const answer = nextAnswer(worker);
      const copy = Uint8Array.from(wav);
      worker.postMessage(copy, [copy.buffer]);
      return recognitionIn(await answer);
    },
    stop: () => worker.terminate(),
  };
}

/** The worker keeps the process alive only while an answer is awaited. */
async function nextAnswer(worker: Worker): Promise<WorkerAnswer> {
  const heard = new AbortController();
  worker.ref();
  try {
    return await Promise.race([
      once(worker, 'message', { signal: heard.signal }).then(([answer]): WorkerAnswer => answer),
      once(worker, 'exit', { signal: heard.signal }).then((): WorkerAnswer => {
        throw new Error('the recognizer ended before it had answered');
      }),
    ]);
  } finally {
    heard.abort();
    worker.unref();
  }
}

function recognitionIn(answer: WorkerAnswer): Recognition {
  if (answer.kind === 'recognized') return answer.recognition;
  if (answer.kind === 'not-wav') throw new WavError(answer.message);
  throw new Error(answer.kind === 'failed' ? answer.message : 'the recognizer answered out of turn');
}
