import { mkdirSync, mkdtempSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { createRunFolder } from './run-folder.ts';

/** The error of `rename` if another process was faster. */
const TOO_LATE = new Set<unknown>(['ENOENT', 'ENOTEMPTY', 'EEXIST', 'EPERM']);
const MOST_TRIES = 100;

/**
 * Calls `make` with an empty folder, and then moves each folder that is in it into `dist`, in place of the
 * one of the same name. `dist` never holds half of a build; if several processes do this at the same time,
 * the last one wins. A build that fails does not change `dist`.
 */
export async function publishing<Made>(dist: string, make: (folder: string) => Promise<Made>): Promise<Made> {
  mkdirSync(dist, { recursive: true });
  // On the same disk, so that it can be renamed.
  const folder = createRunFolder(dist);
  const made = await make(folder);
  for (const name of readdirSync(folder)) replaceFolder(join(folder, name), join(dist, name), folder);
  return made;
}

/**
 * The old content of `target` goes into the folder of this run, which is removed at the end of the process.
 */
function replaceFolder(made: string, target: string, runFolder: string): void {
  for (let tries = 1; ; tries += 1) {
    renamed(target, join(mkdtempSync(join(runFolder, 'old-')), 'was'));
    if (renamed(made, target)) return;
    if (tries === MOST_TRIES) throw new Error(`${made} could not be moved to ${target}`);
  }
}

function renamed(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && TOO_LATE.has(error.code)) return false;
    throw error;
  }
}
