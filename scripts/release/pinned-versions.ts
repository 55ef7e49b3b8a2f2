import { z } from 'zod';

const Names = z.record(z.string(), z.string()).default({});
const Entry = z.object({
  version: z.string(),
  optional: z.boolean().default(false),
  dependencies: Names,
  optionalDependencies: Names,
  peerDependencies: Names,
});
const LockFile = z.object({ packages: z.record(z.string(), z.unknown()) });

/**
 * Some packages and all that they need, each in the version of package-lock.json: an administrator gets what was
 * tested, and not what is newest on the day. npm reads no lock file out of an archive.
 *
 * Left out are optional ones, and the few of which there are several versions: in the lock file they are below the
 * package that needs them.
 */
export function pinnedVersions(
  names: readonly string[],
  lockFile: unknown,
): Readonly<Record<string, string>> {
  const { packages } = LockFile.parse(lockFile);
  const pinned = new Map<string, string>();
  const visit = (name: string) => {
    const found = packages[`node_modules/${name}`];
    if (found === undefined || pinned.has(name)) return;
    const { version, optional, dependencies, optionalDependencies, peerDependencies } = Entry.parse(found);
    if (optional) return;
    pinned.set(name, version);
    for (const one of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }))
      visit(one);
  };
  for (const name of names) visit(name);
  return Object.fromEntries([...pinned].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
