import { mkdirSync, mkdtempSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { createRunFolder } from './run-folder.ts';

/** What `rename` reports when another process was quicker. */
const TOO_LATE = new Set<unknown>(['ENOENT', 'ENOTEMPTY', 'EEXIST', 'EPERM']);
const MOST_TRIES = 100;

/**
 * Calls `make` with an empty folder, and then moves each folder that is in it into `dist`, in place
 * of the one of the same name. Nobody sees half of a build; where several processes do this at the
 * same time, the last one wins. A build that fails leaves `dist` as it was.
 */
export async function publishing<Made>(dist: string, make: (folder: string) => Promise<Made>): Promise<Made> {
  mkdirSync(dist, { recursive: true });
  // On the same disk, so that it can be renamed.
  const folder = createRunFolder(dist);
  const made = await make(folder);
  for (const name of readdirSync(folder)) replaceFolder(join(folder, name), join(dist, name), folder);
  return made;
}

/** What was at `target` goes into the folder of this run, which ends with the process. */
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
