import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const RUNTIME = new URL('./runtime.ts', import.meta.url);

/** Made with the first worker. */
let bundled: string | undefined;

/**
 * What a worker runs: the runtime, which then loads the function's bundle.
 *
 * To remove types, Node.js loads a program of three megabytes into each worker: a third of the CPU of a cold start, and
 * eight MiB. So they are removed once, by the bundler, which takes as long as two workers lose.
 *
 * `npm test` makes a compile cache for workers, as they do not have the machine's environment. It keeps the compiled
 * bundles, so that they are not compiled again after a worker was killed, and the runtime without its types, for all
 * processes of the tests. It must be enabled before either is loaded. Never the cache of `npm start`, which stays:
 * bundles have new paths in each run, so that it would grow.
 */
export function workerCode(cacheFolder = process.env['VOICEMAIL_WORKERS_CACHE']): string {
  if (cacheFolder) {
    return `
      require('node:module').enableCompileCache(${JSON.stringify(cacheFolder)});
      import(${JSON.stringify(RUNTIME.href)});
    `;
  }
  bundled ??= bundle();
  return bundled;
}

function bundle(): string {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(RUNTIME)],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: `node${process.versions.node}`,
    logLevel: 'silent',
  });
  return outputFiles.map(({ text }) => text).join('\n');
}
