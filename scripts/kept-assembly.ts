import { createHash, type Hash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import type { VoicemailConfig } from '../infra/config.ts';

const ROOT = join(import.meta.dirname, '..');
/** Where assemblies of earlier runs are kept, each in a folder that is named for all that it was made from. */
export const KEPT = join(ROOT, 'dist/assemblies');
/** One for each checkout's settings, and some for tests. */
const MOST_KEPT = 8;
/** What a template is made from, beside settings and bundles: our sources, and what is installed. */
const SOURCES = ['infra/**/*', 'flows/**/*', 'src/**/*', 'package.json', 'node_modules/.package-lock.json'];
/** Nothing can be kept there, or another run was faster. */
const NOT_KEPT = new Set<unknown>([
  'EACCES',
  'EEXIST',
  'ENOENT',
  'ENOSPC',
  'ENOTDIR',
  'ENOTEMPTY',
  'EPERM',
  'EROFS',
]);

interface Making {
  readonly config: VoicemailConfig;
  readonly functionsFolder: string;
  readonly assemblyFolder: string;
}

/**
 * Calls `make`, unless an earlier run has made the assembly of the same sources, settings, bundles and packages: then
 * it copies that one. Loading the CDK takes a second or two, and 150 MiB.
 */
export async function keptOr(
  making: Making,
  make: () => Promise<void>,
  { root = ROOT, kept = KEPT }: { readonly root?: string; readonly kept?: string } = {},
): Promise<void> {
  const found = join(kept, digestOf(making, root));
  if (existsSync(found) && managed(() => cpSync(found, making.assemblyFolder, { recursive: true }))) return;
  await make();
  managed(() => keep(making.assemblyFolder, { found, kept }));
}

function keep(assemblyFolder: string, { found, kept }: { found: string; kept: string }): void {
  mkdirSync(kept, { recursive: true });
  // On the same disk, so that a reader sees all of it or nothing.
  const half = mkdtempSync(join(kept, 'half-'));
  cpSync(assemblyFolder, half, { recursive: true });
  renameSync(half, found);
  // What a killed run left half done goes with them.
  const all = readdirSync(kept).map((name) => join(kept, name));
  const oldestLast = all.toSorted((a, b) => madeAtMs(b) - madeAtMs(a));
  for (const old of oldestLast.slice(MOST_KEPT)) rmSync(old, { recursive: true, force: true });
}

function madeAtMs(folder: string): number {
  return statSync(folder).mtimeMs;
}

/** Whether it was done. What is kept only saves time: a disk that cannot keep it is no error. */
function managed(step: () => void): boolean {
  try {
    step();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && NOT_KEPT.has(error.code)) return false;
    throw error;
  }
}

/** Of the content of everything that a template depends on, and of nothing that a machine or a folder is called. */
export function digestOf({ config, functionsFolder }: Making, root: string = ROOT): string {
  const digest = createHash('sha256');
  const cdkSettings = Object.keys(process.env).filter((name) => name.startsWith('CDK_'));
  const values = cdkSettings.toSorted().map((name) => [name, process.env[name]]);
  digest.update(JSON.stringify([process.version, config, values]));
  for (const pattern of SOURCES) addFiles(digest, root, pattern);
  addFiles(digest, functionsFolder, '**/*');
  return digest.digest('hex');
}

function addFiles(digest: Hash, folder: string, pattern: string): void {
  const found = globSync(pattern, { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = found.map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
  for (const file of files.toSorted()) {
    const content = readFileSync(join(folder, file));
    digest.update(`${file}\n${content.length}\n`).update(content);
  }
}
