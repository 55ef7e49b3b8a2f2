import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { WavError } from '../audio/wav-content.ts';
import { recognizerFiles } from './installed-packages.ts';
import type { Recognition, Recognizer } from './recognizer.ts';
import type { RecognizerAnswer, RecognizerOrder } from './recognizer-process.ts';

export interface LocalRecognizer extends Recognizer {
  /** Loads the models now, instead of with the first recording. */
  readonly warmUp: () => Promise<void>;
}

/**
 * A recognizer of English speech that runs on this machine, from files that npm
 * installed: no network, the same result every time.
 *
 * Nothing is loaded before it is needed, or before `warmUp`. The models live in a process of
 * their own and stay loaded; recordings are taken one after the other. A thread would not do: native code that is
 * ended while it loads or computes ends the whole process. An idle recognizer does not keep this process alive.
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

/** The process that has the models, or is loading them. */
interface Listener {
  readonly ready: Promise<unknown>;
  readonly hear: (wav: Uint8Array) => Promise<Recognition>;
  readonly stop: () => Promise<unknown>;
}

/** `onEnd` is called when the process has ended, by `stop` or by a crash: it cannot be used any more. */
function startListener(order: RecognizerOrder, onEnd: () => void): Listener {
  const child = fork(new URL('./recognizer-process.ts', import.meta.url), {
    execArgv: [],
    // Bytes as they are.
    serialization: 'advanced',
  });
  child.once('exit', onEnd);
  child.once('error', onEnd);
  // If the process ends meanwhile, the wait for its answer says so.
  const tell = (message: RecognizerOrder | Uint8Array) => child.send(message, () => {});
  const ready = nextAnswer(child).then(readyIn);
  tell(order);
  return {
    ready,
    async hear(wav) {
      await ready;
      const answer = nextAnswer(child);
      tell(wav);
      return recognitionIn(await answer);
    },
    async stop() {
      child.ref();
      const hasEnded = once(child, 'exit');
      if (child.kill('SIGKILL')) await hasEnded;
    },
  };
}

/** The child keeps this process alive only while an answer is awaited. */
async function nextAnswer(child: ChildProcess): Promise<RecognizerAnswer> {
  const heard = new AbortController();
  child.ref();
  child.channel?.ref();
  try {
    return await Promise.race([
      once(child, 'message', { signal: heard.signal }).then(([answer]): RecognizerAnswer => answer),
      once(child, 'exit', { signal: heard.signal }).then((): RecognizerAnswer => {
        throw new Error('the recognizer ended before it had answered');
      }),
    ]);
  } finally {
    heard.abort();
    child.unref();
    child.channel?.unref();
  }
}

function readyIn(answer: RecognizerAnswer): void {
  if (answer.kind === 'failed') throw new Error(answer.message);
}

function recognitionIn(answer: RecognizerAnswer): Recognition {
  if (answer.kind === 'recognized') return answer.recognition;
  if (answer.kind === 'not-wav') throw new WavError(answer.message);
  throw new Error(answer.kind === 'failed' ? answer.message : 'the recognizer answered out of turn');
}
