import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { parentPort, workerData } from 'node:worker_threads';

export interface SpeechOrder {
  readonly text: string;
  readonly voice: string;
  /** Where flite.wasm is. */
  readonly moduleFile: string;
}

/** Part of Node; declared here because only the browser's library of types has it. */
declare const WebAssembly: {
  readonly compile: (bytes: Uint8Array) => Promise<object>;
  readonly instantiate: (module: object, imports: object) => Promise<object>;
};

const order: SpeechOrder = workerData;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's port is no window
parentPort?.postMessage(await spoken(order));

/** Runs flite's command line in a folder of its own, and returns the WAV file that it writes. */
async function spoken({ text, voice, moduleFile }: SpeechOrder): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'speech-'));
  try {
    const wasi = new WASI({
      version: 'preview1',
      args: ['flite', '-voice', voice, '-t', text, '-o', '/out/speech.wav'],
      preopens: { '/out': folder },
    });
    const module = await WebAssembly.compile(readFileSync(moduleFile));
    const code = wasi.start(
      await WebAssembly.instantiate(module, { wasi_snapshot_preview1: wasi.wasiImport }),
    );
    if (code !== 0) throw new Error(`flite ended with exit code ${code}`);
    return readFileSync(join(folder, 'speech.wav'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
