import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { nameOf } from './lock-file.ts';

/** A package of which a bundle has at least one file. */
export interface BundledPackage {
  /** Its folder: `node_modules/zod`, as the lock file names it. */
  readonly path: string;
  readonly name: string;
  readonly license: string;
}

const PackageFile = z.object({ license: z.string().default('none') });
/** The folder of a package in the path of one of its files. */
const PACKAGE_FOLDER = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** The packages of the files that went into bundles, each once. */
export function bundledPackages(files: readonly string[]): readonly BundledPackage[] {
  const paths = new Set(files.flatMap((file) => PACKAGE_FOLDER.exec(file)?.[1] ?? []));
  return [...paths].toSorted().map((path) => {
    const { license } = PackageFile.parse(JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')));
    return { path, name: nameOf(path), license };
  });
}
