import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The environment variable that names the folder `npm test` has built into, for the processes that it starts. */
export const BUILT_FOLDER = 'VOICEMAIL_BUILT_FOLDER';

/** The one that names the compile cache for the simulator's workers: `simulator/services/lambda/environment.ts`. */
export const WORKERS_CACHE = 'VOICEMAIL_WORKERS_CACHE';

/** Part of the name, because containers can share the temporary folder but not the process ids. */
const PREFIX = `voicemail-run-${hostname().replaceAll(/\W/g, '_')}-`;

/**
 * Makes an empty folder for what this process builds, and removes it when the process ends. Nobody
 * else uses it, so that any number of runs can build at the same time. A killed process leaves its
 * folder behind: the next run removes it.
 *
 * @param parent  The system's temporary folder, or one on the disk that the content is moved to.
 */
export function createRunFolder(parent: string = tmpdir()): string {
  removeAbandoned(parent);
  const folder = mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = name.startsWith(PREFIX) && Number.parseInt(name.slice(PREFIX.length), 10);
    if (!pid || isRunning(pid)) continue;
    try {
      rmSync(join(parent, name), { recursive: true, force: true });
    } catch (error) {
      // Another run may be removing it now. If not, the next run tries again.
      console.error(`could not remove the folder of an earlier run: ${String(error)}`);
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
