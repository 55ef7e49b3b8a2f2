/**
 * Makes the fixture again: `node test/upgrade/old-stack/make.ts`. It takes some minutes, a checkout with its
 * history, and the registry of npm.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { OLD_COMMIT, OLD_STACK_FILE } from './old-stack.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** So far back that the code of one function is found again in that of the next. */
const WINDOW_BITS = 24;

function assemblyOf(commit: string, folder: string): string {
  const run = (command: string, ...args: readonly string[]) =>
    execFileSync(command, args, { cwd: folder, stdio: 'inherit' });
  const sources = execFileSync('git', ['archive', commit], { cwd: ROOT, maxBuffer: 2 ** 30 });
  execFileSync('tar', ['-x'], { cwd: folder, input: sources });
  run('npm', 'ci', '--no-audit', '--no-fund');
  run('npm', 'run', 'synth');
  return join(folder, 'dist/cdk');
}

/** The files by their path in the folder, which is one JSON text. */
function packed(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  return JSON.stringify(
    Object.fromEntries(files.map((file) => [relative(folder, file), readFileSync(file, 'utf8')])),
  );
}

const folder = mkdtempSync(join(tmpdir(), 'old-stack-'));
try {
  const text = packed(assemblyOf(OLD_COMMIT, folder));
  const { BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_LGWIN]: WINDOW_BITS, [BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text) };
  const archive = brotliCompressSync(text, { params });
  writeFileSync(OLD_STACK_FILE, archive);
  const checksum = createHash('sha256').update(text).digest('hex');
  console.log(`${OLD_STACK_FILE}: ${archive.length} bytes; SHA-256 of the text in it: ${checksum}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
