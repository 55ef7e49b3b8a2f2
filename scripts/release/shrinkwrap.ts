import { z } from 'zod';

const Entry = z.looseObject({
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
});
const LockFile = z.looseObject({ packages: z.record(z.string(), z.looseObject({})) });

/**
 * The part of package-lock.json that an archive needs, as npm-shrinkwrap.json: npm installs an administrator the very
 * versions that were tested, and not what is newest on the day.
 *
 * @param manifest  The package.json of the archive.
 */
export function shrinkwrapOf(lockFile: unknown, manifest: unknown): unknown {
  const { packages, ...head } = LockFile.parse(lockFile);
  const kept = new Map<string, unknown>([['', manifest]]);
  const visit = (path: string, entry: unknown) => {
    const { dependencies, optionalDependencies, peerDependencies } = Entry.parse(entry);
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      const found = resolved(path, name, packages);
      if (found === undefined || kept.has(found)) continue;
      // What is a tool of ours may be a part of what we ship.
      const { dev: _dev, ...rest } = packages[found] ?? {};
      kept.set(found, rest);
      visit(found, rest);
    }
  };
  visit('', manifest);
  const inOrder = [...kept].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { ...head, packages: Object.fromEntries(inOrder) };
}

/** Where Node.js would find a package from a folder: in the nearest `node_modules` above. */
function resolved(from: string, name: string, packages: Readonly<Record<string, unknown>>): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (path in packages) return path;
    if (folder === '') return undefined;
  }
}
