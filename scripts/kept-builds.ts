import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { lstat, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { errorCode, markUsed, unlessGone } from './build-users.ts';
import { clearBuilds, isDone, moveAway, ownPath } from './clear-builds.ts';

/**
 * Builds that several runs make and use at the same time in one checkout.
 *
 *     dist/cdk        -> builds/<content>/cdk          what people deploy
 *     dist/functions  -> builds/<content>/functions
 *     dist/builds/<content>/                           named by its content, never changed
 *     dist/builds/<content>.used-by/<process>          as long as the process runs
 *     dist/builds/new-<process>-<random>/              not finished, seen by nobody
 *     dist/builds/old-<process>-<random>/              being removed
 *
 * A build is made in a folder of its own and then renamed, so that nobody sees half of
 * one. The same content has the same path, so that Node's compile cache knows it again.
 */
const MOST_TRIES = 20;

/**
 * Calls `make` with a new, empty folder, and returns where its content is kept. It stays there as
 * long as this process runs. Removes builds that nobody uses any more.
 */
export async function keepBuild(dist: string, make: (folder: string) => Promise<unknown>): Promise<string> {
  const builds = join(dist, 'builds');
  await mkdir(builds, { recursive: true });
  await clearBuilds(dist);
  const made = ownPath(builds, 'new');
  await mkdir(made);
  try {
    await make(made);
    return await put(made, builds);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

/** Moves a new build to the path that its content has, unless it is there already. */
async function put(made: string, builds: string): Promise<string> {
  const content = await contentOf(made);
  const kept = join(builds, nameOf(content));
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    // Marked first: whoever removes it looks at the marks again afterwards.
    await markUsed(kept);
    if (await isWhole(kept, content)) return kept;
    // Somebody has changed or deleted files in it.
    if (existsSync(kept)) await moveAway(kept, builds);
    await isDone(rename(made, kept));
  }
  throw new Error(`${kept} is changed again and again while it is being put there`);
}

/** Each file's digest by its path, sorted. */
type Content = ReadonlyMap<string, string>;

async function contentOf(folder: string): Promise<Content> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  const digests = await Promise.all(
    files.toSorted().map(async (file) => [file, await digestOf(join(folder, file))] as const),
  );
  return new Map(digests);
}

async function digestOf(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

function nameOf(content: Content): string {
  return createHash('sha256')
    .update(JSON.stringify([...content]))
    .digest('hex')
    .slice(0, 16);
}

/** More files may be there: `cdk` puts locks into the folder that it deploys. */
async function isWhole(kept: string, content: Content): Promise<boolean> {
  try {
    const digests = [...content].map(async ([file, digest]) => (await digestOf(join(kept, file))) === digest);
    return (await Promise.all(digests)).every(Boolean);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/**
 * Has `dist/cdk` and `dist/functions`, as far as the build has them, be those of this build
 * from now on, in one step each. Whoever works with the build that they were before still has it.
 */
export async function publishBuild(dist: string, kept: string): Promise<void> {
  for (const name of await readdir(kept)) {
    const link = join(dist, name);
    const target = join(kept, name);
    for (let tries = 1; !isSame(link, target); tries += 1) {
      if (tries > MOST_TRIES) throw new Error(`${link} is changed again and again while it is being set`);
      await pointTo(target, link, join(dist, 'builds'));
    }
  }
}

async function pointTo(target: string, link: string, builds: string): Promise<void> {
  const made = ownPath(builds, 'new');
  const isWindows = process.platform === 'win32';
  // A junction of Windows, which every user may make, wants an absolute path.
  await symlink(isWindows ? target : relative(join(link, '..'), target), made, 'junction');
  try {
    // A folder of an earlier version; on Windows a link is in the way too.
    if (isWindows || (await isFolder(link))) await moveAway(link, builds);
    await isDone(rename(made, link));
  } finally {
    await rm(made, { force: true });
  }
}

/** The folder `dist/<name>` leads to, kept as long as this process runs. Undefined: there is none. */
export async function publishedFolder(dist: string, name: string): Promise<string | undefined> {
  const link = join(dist, name);
  for (let tries = 1; tries <= MOST_TRIES && existsSync(link); tries += 1) {
    const folder = findRealPath(link);
    if (folder === undefined) continue;
    const build = dirname(folder);
    // A folder of an earlier version, which nobody removes.
    if (dirname(build) !== findRealPath(join(dist, 'builds'))) return folder;
    await markUsed(build);
    // It may have been removed before it was marked.
    if (existsSync(folder)) return folder;
  }
  return undefined;
}

async function isFolder(path: string): Promise<boolean> {
  return (await unlessGone(lstat(path), undefined))?.isDirectory() === true;
}

function isSame(link: string, target: string): boolean {
  const found = findRealPath(link);
  return found !== undefined && found === findRealPath(target);
}

function findRealPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
