import { globSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { BUILTIN, leanPackages, quickBuiltins } from './lean-packages.ts';
import { plainSchemas } from './plain-schemas.ts';
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
 * what was tested is what runs. All are bundled at once, so that each file is read and parsed
 * once; a function's folder has the parts that it reaches, and no others. What is imported only
 * when it is needed is a part of its own: a cold start reads and parses nothing else.
 * `sideEffects` in package.json says that no file of ours does anything by being imported, so one
 * of which nothing is used is left out. Spaces are left out too, but names and short lines stay, so that
 * a stack trace names our functions without a source map: reading one costs a cold start 30 ms of CPU.
 * Answers them by name.
 *
 * Throws an Error if a bundle would contain code that must not run in AWS.
 */
export async function buildFunctions(options: BuildOptions): Promise<readonly BuiltFunction[]> {
  const { entries = join(ROOT, 'src/main'), outdir } = options;
  const files = globSync(join(entries, '*.ts')).filter((file) => !file.endsWith('.test.ts'));
  const names = files.map((file) => basename(file, '.ts')).toSorted();
  const [parts] = await Promise.all([bundled(names, entries), rm(outdir, { recursive: true, force: true })]);
  return await Promise.all(names.map((name) => writeFunction(name, outdir, parts)));
}

/** One output file of the bundler. */
interface Part {
  readonly content: Uint8Array;
  readonly inputs: readonly string[];
  /** Names of the parts that it imports, at once or later. */
  readonly imports: readonly string[];
}

/** All parts of all functions, by file name; each function's own is named as it is. */
async function bundled(names: readonly string[], entries: string): Promise<ReadonlyMap<string, Part>> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: names.map((name) => ({ in: join(entries, `${name}.ts`), out: name })),
    // Nothing is written to it. The same for every build, as the parts' names depend on it.
    outdir: join(ROOT, 'dist/functions'),
    write: false,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 160,
    plugins: [plainSchemas, leanPackages, quickBuiltins],
    metafile: true,
    logLevel: 'silent',
  });
  const outputs = new Map(Object.entries(metafile.outputs).map(([file, output]) => [basename(file), output]));
  return new Map(
    outputFiles.map(({ path, contents: content }) => {
      const { inputs = {}, imports = [] } = outputs.get(basename(path)) ?? {};
      const ours = imports.filter(({ external }) => !external).map((one) => basename(one.path));
      return [basename(path), { content, inputs: Object.keys(inputs).filter(isFile), imports: ours }];
    }),
  );
}

const isFile = (input: string) => !input.startsWith(`${BUILTIN}:`);

/** By function: files that it reads, and that lie beside its bundle. */
const BESIDE: ReadonlyMap<string, readonly string[]> = new Map([['canary', ['samples/test-voicemail.wav']]]);

/** Paths that must not be in a bundle, by their beginning. */
const STOWAWAYS = ['simulator/', 'infra/', 'test/', 'node_modules/aws-cdk-lib/', 'node_modules/constructs/'];

async function writeFunction(
  name: string,
  outdir: string,
  parts: ReadonlyMap<string, Part>,
): Promise<BuiltFunction> {
  const entry = `${name}.mjs`;
  const needed = reachedFrom(entry, parts);
  const inputs = [...needed.values()].flatMap((part) => part.inputs);
  for (const input of inputs) {
    if (STOWAWAYS.some((folder) => input.startsWith(folder)))
      throw new Error(`${name} must not carry ${input} into AWS`);
  }
  const folder = join(outdir, name);
  const file = join(folder, 'index.mjs');
  await mkdir(folder, { recursive: true });
  await Promise.all(
    [...needed].map(([part, { content }]) => writeFile(part === entry ? file : join(folder, part), content)),
  );
  for (const beside of BESIDE.get(name) ?? [])
    await copyFile(join(ROOT, beside), join(folder, basename(beside)));
  const sizeBytes = [...needed.values()].reduce((sum, { content }) => sum + content.length, 0);
  return { name, file, sizeBytes, inputs };
}

/** The part and all that it imports, by their names. */
function reachedFrom(name: string, parts: ReadonlyMap<string, Part>, found = new Map<string, Part>()) {
  const part = parts.get(name);
  if (part === undefined) throw new Error(`the bundler made no ${name}`);
  if (found.has(name)) return found;
  found.set(name, part);
  for (const imported of part.imports) reachedFrom(imported, parts, found);
  return found;
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
