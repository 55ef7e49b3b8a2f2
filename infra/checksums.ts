import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A line of `sha256sum`: 64 hexadecimal digits, two blanks, the path. */
const LINE = /^([0-9a-f]{64}) {2}(.+)$/;

/** The lines that `sha256sum` would write of these files. */
export function checksumLines(folder: string, files: readonly string[]): string {
  return files.map((file) => `${sha256Of(join(folder, file))}  ${file}\n`).join('');
}

/**
 * The files that differ from what these lines say, are missing, or stand below `complete` although no line names them.
 *
 * @param complete  A folder in `folder` that must have nothing else in it.
 */
export function damagedFiles(folder: string, lines: string, complete: string): readonly string[] {
  const sums = lines.split('\n').flatMap((line) => {
    const [, sum, file] = LINE.exec(line) ?? [];
    return sum === undefined || file === undefined ? [] : [{ sum, file }];
  });
  const named = new Set(sums.map(({ file }) => file));
  const damaged = sums.filter(
    ({ sum, file }) => !existsSync(join(folder, file)) || sha256Of(join(folder, file)) !== sum,
  );
  const surplus = filesIn(folder, `${complete}/**`).filter((file) => !named.has(file));
  return [...damaged.map(({ file }) => file), ...surplus];
}

/** The files that a pattern names, with slashes on every system, in the order of their names. */
export function filesIn(folder: string, ...patterns: readonly string[]): readonly string[] {
  return globSync(patterns, { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .toSorted();
}

function sha256Of(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
