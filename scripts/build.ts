import { globSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { publishing } from './publishing.ts';

const ROOT = join(import.meta.dirname, '..');

export interface BuiltFunction {
  /** The name of its file in src/main, without the ending. */
  readonly name: string;
  /** The bundle's entry, absolute. Files that are loaded later are in the same folder. */
  readonly file: string;
  /** The size of all its files. */
  readonly sizeBytes: number;
  /** Every file that went into it, relative to the project. */
  readonly inputs: readonly string[];
}

export interface BuildOptions {
  /** One bundle is made of each `.ts` file in this folder. */
  readonly entries?: string;
  /** Emptied first; each function gets a folder of its own in it. */
  readonly outdir: string;
}

/**
 * Bundles every Lambda function with all it needs, the AWS SDK included, so that
 * what was tested is what runs. What is imported only when it is needed becomes a file
 * of its own: a cold start reads and parses nothing else. `sideEffects` in package.json
 * says that no file of ours does anything by being imported, so one of which nothing is
 * used is left out. Not minified, so that a stack trace names our functions without a
 * source map: reading one costs a cold start 30 ms of CPU.
 * Answers them by name.
 *
 * Throws an Error if a bundle would contain code that must not run in AWS.
 */
export async function buildFunctions(options: BuildOptions): Promise<readonly BuiltFunction[]> {
  const { entries = join(ROOT, 'src/main'), outdir } = options;
  const files = globSync(join(entries, '*.ts')).filter((file) => !file.endsWith('.test.ts'));
  const names = files.map((file) => basename(file, '.ts')).toSorted();
  await rm(outdir, { recursive: true, force: true });

  return await Promise.all(names.map((name) => buildOne(name, { entries, outdir })));
}

async function buildOne(name: string, { entries, outdir }: Required<BuildOptions>): Promise<BuiltFunction> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [{ in: join(entries, `${name}.ts`), out: 'index' }],
    outdir: join(outdir, name),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    metafile: true,
    logLevel: 'silent',
  });
  return built(name, outdir, metafile);
}

/** Paths that must not be in a bundle, by their beginning. */
const STOWAWAYS = ['simulator/', 'infra/', 'test/', 'node_modules/aws-cdk-lib/', 'node_modules/constructs/'];

function built(name: string, outdir: string, { outputs }: Metafile): BuiltFunction {
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  for (const input of inputs) {
    if (STOWAWAYS.some((folder) => input.startsWith(folder)))
      throw new Error(`${name} must not carry ${input} into AWS`);
  }
  const sizes = Object.values(outputs).map(({ bytes }) => bytes);
  const sizeBytes = sizes.reduce((sum, bytes) => sum + bytes, 0);
  return { name, file: join(outdir, name, 'index.mjs'), sizeBytes, inputs };
}

/** `contact-records   812 kB`, a line per bundle. */
export function sizesOf(functions: readonly BuiltFunction[]): string {
  const width = Math.max(...functions.map(({ name }) => name.length));
  return functions
    .map(({ name, sizeBytes }) => `${name.padEnd(width)} ${inKilobytes(sizeBytes).padStart(8)}`)
    .join('\n');
}

function inKilobytes(sizeBytes: number): string {
  return `${Math.ceil(sizeBytes / 1000)} kB`;
}

/** `npm run build`: into `dist/functions`. */
async function main(): Promise<void> {
  await publishing(join(ROOT, 'dist'), async (folder) => {
    console.log(sizesOf(await buildFunctions({ outdir: join(folder, 'functions') })));
  });
}

if (import.meta.main) await main();
