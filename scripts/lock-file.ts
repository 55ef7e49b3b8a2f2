import { z } from 'zod';

const Specs = z.record(z.string(), z.string()).default({});

const Manifest = z.object({
  dependencies: Specs,
  devDependencies: Specs,
  optionalDependencies: Specs,
  allowScripts: z.record(z.string(), z.boolean()).default({}),
});

const Lock = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      link: z.boolean().optional(),
      hasInstallScript: z.boolean().optional(),
      inBundle: z.boolean().optional(),
      dev: z.boolean().optional(),
    }),
  ),
});

const EXACT = /^(npm:[^@]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/;
const NODE_MODULES = 'node_modules/';

/**
 * Lists everything in `package.json` and `package-lock.json` that could install unreviewed code: a version
 * that is not exact, a package that is not from the registry, one whose content is not pinned by its hash,
 * an install script without a decision. Empty if there is nothing.
 *
 * Throws ZodError for files of another shape.
 */
export function lockFileProblems(manifest: unknown, lock: unknown): readonly string[] {
  const { allowScripts, ...wanted } = Manifest.parse(manifest);
  const { packages } = Lock.parse(lock);
  const problems: string[] = [];

  for (const [name, spec] of Object.values(wanted).flatMap((specs) => Object.entries(specs))) {
    if (!EXACT.test(spec)) problems.push(`package.json: ${name} is not pinned to one version: ${spec}`);
  }
  for (const [path, { version, resolved, integrity, link, hasInstallScript, inBundle }] of Object.entries(
    packages,
  )) {
    if (path === '') continue;
    const name = nameOf(path);
    if (link || !path.startsWith(NODE_MODULES)) problems.push(`${path}: comes from a folder`);
    if (resolved !== undefined) problems.push(`${path}: names where it comes from: ${resolved}`);
    if (version === undefined || !EXACT.test(version)) problems.push(`${path}: has no exact version`);
    if (!inBundle && !integrity?.startsWith('sha512-'))
      problems.push(`${path}: is not pinned by a SHA-512 hash`);
    if (hasInstallScript && allowScripts[name] === undefined) {
      problems.push(`${path}: has an install script, and allowScripts does not say whether it may run`);
    }
  }
  return problems;
}

/** Whether a package in the lock file is for development only. */
export function isForDevelopment(lock: unknown, path: string): boolean {
  return Lock.parse(lock).packages[path]?.dev === true;
}

/** `node_modules/a/node_modules/@b/c` is `@b/c`. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf(NODE_MODULES) + NODE_MODULES.length);
}
