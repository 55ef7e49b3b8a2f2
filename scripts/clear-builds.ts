import { randomUUID } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { errorCode, isRunning, isUsed, ownName, unlessGone, usersFolder } from './build-users.ts';

/** Of the builds that nobody uses, the last ones are kept: the next run often has the same content. */
const KEPT_UNUSED = 3;

/** What others hold, use or remove at this moment; the next run tries again. */
const IN_THE_WAY = new Set<unknown>(['ENOENT', 'ENOTEMPTY', 'EEXIST', 'EBUSY', 'EPERM', 'EACCES']);

/**
 * Removes what killed runs left half done in `dist/builds`, and the builds that no process
 * uses, but for the last ones and what `dist/cdk` and `dist/functions` lead to.
 */
export async function clearBuilds(dist: string): Promise<void> {
  const builds = join(dist, 'builds');
  const names = await unlessGone(readdir(builds), []);
  for (const name of names) {
    const path = join(builds, name);
    if (/^(new|old)-/.test(name) && !isRunning(path)) await removeQuietly(path);
    const build = path.replace(/\.used-by$/, '');
    if (build !== path && !existsSync(build) && !(await isUsed(build))) await removeEmpty(path);
  }
  const unused: { readonly build: string; readonly usedAtMs: number }[] = [];
  for (const build of names.filter((name) => /^[0-9a-f]+$/.test(name)).map((name) => join(builds, name))) {
    if (isPublished(build, dist) || (await isUsed(build))) continue;
    unused.push({ build, usedAtMs: await lastUseMs(build) });
  }
  const oldestLast = unused.toSorted((a, b) => b.usedAtMs - a.usedAtMs);
  for (const { build } of oldestLast.slice(KEPT_UNUSED)) await removeUnused(build, builds);
}

/** A folder or link of this process that is not finished, or is being removed: a path that nobody has. */
export function ownPath(builds: string, kind: 'new' | 'old'): string {
  return join(builds, `${kind}-${ownName()}-${randomUUID().slice(0, 8)}`);
}

/** Takes a folder or link from its path at once, and then removes it. */
export async function moveAway(path: string, builds: string): Promise<void> {
  const old = ownPath(builds, 'old');
  if (await isDone(rename(path, old))) await removeQuietly(old);
}

/** Who has marked it meanwhile gets it back. */
async function removeUnused(build: string, builds: string): Promise<void> {
  const old = ownPath(builds, 'old');
  if (!(await isDone(rename(build, old)))) return;
  if ((await isUsed(build)) && (await isDone(rename(old, build)))) return;
  await removeQuietly(old);
  await removeEmpty(usersFolder(build));
}

/** Whether it was done: false where somebody else was first. */
export async function isDone(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (IN_THE_WAY.has(errorCode(error))) return false;
    throw error;
  }
}

async function removeQuietly(path: string): Promise<void> {
  await isDone(rm(path, { recursive: true, force: true }));
}

async function removeEmpty(folder: string): Promise<void> {
  await isDone(rmdir(folder));
}

function isPublished(build: string, dist: string): boolean {
  return ['cdk', 'functions'].some((name) => {
    const link = join(dist, name);
    return existsSync(link) && basename(join(realpathSync(link), '..')) === basename(build);
  });
}

/** The notes of its users come and go in that folder. */
async function lastUseMs(build: string): Promise<number> {
  return (await unlessGone(stat(usersFolder(build)), undefined))?.mtimeMs ?? 0;
}
