import { spawnSync } from 'node:child_process';
import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { filesIn } from '../../infra/checksums.ts';

const ROOT = join(import.meta.dirname, '../..');

/** What needs a compiler or the simulator. `IS_INSTALLED` keeps an archive from importing it. */
const LEFT_OUT: readonly string[] = [
  'cli/call/call.ts',
  'cli/check-export/call-flow.ts',
  'cli/simulator.ts',
  'scripts/synth.ts',
];

const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  packages: 'external',
  treeShaking: false,
  logLevel: 'silent',
} as const satisfies BuildOptions;

/** What was compiled. */
export interface Compiled {
  /** The files that were written, relative to the folder. */
  readonly files: readonly string[];
  /** The names of all packages that they import. */
  readonly packages: readonly string[];
}

/**
 * Writes all that `vmx` runs as JavaScript: a file for each file, at the same place in the folder, and the types of
 * the settings for the editors of administrators. Node.js runs no TypeScript below `node_modules`.
 */
export async function compile(outdir: string): Promise<Compiled> {
  const { metafile } = await build({
    ...COMMON,
    entryPoints: ['cli/vmx.ts', 'infra/write-assembly.ts', ...filesIn(ROOT, 'infra/functions/*.ts')],
    outdir,
    write: false,
    metafile: true,
    plugins: [leaveOut],
  });
  const sources = Object.keys(metafile.inputs);
  const alone = { ...COMMON, entryPoints: sources, outbase: ROOT, outdir, plugins: [eachFileAlone] };
  const { metafile: written } = await build({ ...alone, metafile: true });
  writeTypes(outdir);
  const files = Object.keys(written.outputs).map((file) => relative(outdir, join(ROOT, file)));
  return { files: [...files, ...filesIn(outdir, '**/*.d.ts')].toSorted(), packages: packagesIn(metafile) };
}

const leaveOut: Plugin = {
  name: 'leave-out',
  setup(esbuild) {
    esbuild.onResolve({ filter: /^\..*\.ts$/ }, ({ path, resolveDir }) =>
      LEFT_OUT.includes(relative(ROOT, join(resolveDir, path))) ? { path, external: true } : undefined,
    );
  },
};

const eachFileAlone: Plugin = {
  name: 'each-file-alone',
  setup(esbuild) {
    esbuild.onResolve({ filter: /^\..*\.ts$/ }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path: path.replace(/\.ts$/, '.js'), external: true },
    );
  },
};

function packagesIn({ inputs }: Metafile): readonly string[] {
  const targets = Object.values(inputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external, path }) => external && !/^(?:\.|node:)/.test(path));
  const names = targets.map(({ path }) => /^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path);
  return [...new Set(names)].filter((name) => !builtinModules.includes(name)).toSorted();
}

function writeTypes(outdir: string): void {
  const args = ['--project', join(import.meta.dirname, 'tsconfig.json'), '--outDir', outdir];
  const { status, stdout, error } = spawnSync('tsc', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the types could not be written: ${error?.message ?? stdout}`);
}
