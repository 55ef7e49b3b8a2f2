import { rmSync, statSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** A process of another machine, or of a container with the checkout in it, is thought to run for so long. */
const LONGEST_ELSEWHERE_MS = 24 * 3_600_000;

const HOST = hostname().replaceAll(/[^\w.]/g, '_');
const marks = new Set<string>();

/** What files and folders of this process are named with: `4711@laptop`. */
export function ownName(): string {
  return `${process.pid}@${HOST}`;
}

/** Notes that this process uses a build, until it ends. The note lies beside the build, which need not be there yet. */
export async function markUsed(build: string): Promise<void> {
  const mark = join(usersFolder(build), ownName());
  if (marks.size === 0) process.once('exit', unmarkAll);
  marks.add(mark);
  for (;;) {
    await mkdir(usersFolder(build), { recursive: true });
    try {
      return await writeFile(mark, '');
    } catch (error) {
      // Somebody who clears away has just removed the empty folder.
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }
}

function unmarkAll(): void {
  for (const mark of marks) rmSync(mark, { force: true });
}

/** Where the notes of a build lie. */
export function usersFolder(build: string): string {
  return `${build}.used-by`;
}

/** Whether a process that still runs uses the build. Removes the notes of those that were killed. */
export async function isUsed(build: string): Promise<boolean> {
  const folder = usersFolder(build);
  const names = await unlessGone(readdir(folder), []);
  const used = names.filter((name) => isRunning(join(folder, name)));
  for (const name of names) if (!used.includes(name)) rmSync(join(folder, name), { force: true });
  return used.length > 0;
}

/** Whether the process runs that a file or folder is named with: `4711@laptop`, with something before or after it. */
export function isRunning(path: string): boolean {
  const [, pid, host] = /(\d+)@([\w.]+)[^/\\]*$/.exec(path) ?? [];
  if (pid === undefined) return false;
  if (host === HOST) return isProcess(Number(pid));
  const sinceMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return sinceMs !== undefined && Date.now() - sinceMs < LONGEST_ELSEWHERE_MS;
}

function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and belongs to another user.
    return errorCode(error) === 'EPERM';
  }
}

export function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** What was asked for, or `otherwise` where the file is not there any more. */
export async function unlessGone<T>(asked: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return otherwise;
    throw error;
  }
}
