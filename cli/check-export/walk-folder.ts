import { type Dirent, lstatSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { diskErrorInWords } from '../file-errors.ts';

/** Something below a folder: a file that can be read, or why it is not looked at. */
export type Found =
  | { readonly path: string; readonly sizeBytes: number; readonly problem?: undefined }
  | { readonly path: string; readonly problem: 'unreadable' | 'no file'; readonly reason: string };

export interface Walk {
  /** In the order of their names; a folder's contents come in its place. */
  readonly found: readonly Found[];
  /** Hidden files and folders, and `node_modules`: nobody exports those. */
  readonly leftOutCount: number;
  /** There are more files than `mostFiles`; the others are not looked at. */
  readonly isCut: boolean;
}

const LEFT_OUT = /^(?:\.|node_modules$)/;

/**
 * The files in a folder and below it, or the file itself. Nothing is opened, and no symbolic link is followed. Throws
 * Node's error if it is not there, or cannot be opened itself.
 */
export function walkFolder(root: string, { mostFiles }: { readonly mostFiles: number }): Walk {
  const found: Found[] = [];
  let leftOutCount = 0;
  const waiting: string[] = [root];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.length >= mostFiles) return { found, leftOutCount, isCut: true };
    try {
      const stats = lstatSync(path);
      if (!stats.isDirectory()) {
        found.push(fileAt(path, stats));
        continue;
      }
      const [wanted, others] = parted(readdirSync(path, { withFileTypes: true }));
      leftOutCount += others.length;
      for (const name of wanted.toReversed()) waiting.push(join(path, name));
    } catch (error) {
      const reason = diskErrorInWords(error);
      if (reason === undefined || path === root) throw error;
      found.push({ path, problem: 'unreadable', reason: `cannot be opened: ${reason}` });
    }
  }
  return { found, leftOutCount, isCut: false };
}

/** The names that are looked at, in order, and the others. */
function parted(entries: readonly Dirent[]): readonly [readonly string[], readonly string[]] {
  const names = entries.map(({ name }) => name).toSorted((a, b) => (a < b ? -1 : 1));
  const others = names.filter((name) => LEFT_OUT.test(name));
  return [names.filter((name) => !LEFT_OUT.test(name)), others];
}

function fileAt(path: string, stats: Stats): Found {
  if (stats.isFile()) return { path, sizeBytes: stats.size };
  const reason = stats.isSymbolicLink() ? 'a symbolic link: not followed' : 'a device, pipe or socket';
  return { path, problem: 'no file', reason };
}
