import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { voicemailApp } from '../infra/app.ts';
import { ConfigError, stackNameOf, type VoicemailConfig } from '../infra/config.ts';
import { settingWarnings } from '../infra/config-warnings.ts';
import { buildFunctions, type BuiltFunction, sizesOf } from './build.ts';
import { keepBuild, publishBuild, publishedFolder } from './kept-builds.ts';

const ROOT = join(import.meta.dirname, '..');

const DIST = join(ROOT, 'dist');

export interface SynthOptions {
  /** Where `functions/` and `cdk/` are made, both from nothing. */
  readonly folder: string;
  /** In place of what `voicemail.config.ts` says. */
  readonly config?: VoicemailConfig;
}

export interface Synthesized {
  readonly stackName: string;
  /** The cloud assembly: what `cdk deploy --app <folder>` deploys. */
  readonly assemblyFolder: string;
  /** The CloudFormation template, JSON. */
  readonly templateFile: string;
  /** Says which folder of the assembly each function's code lies in. */
  readonly assetsFile: string;
  readonly functions: readonly BuiltFunction[];
  /** What is deployed, and may not be what was meant, in words. */
  readonly warnings: readonly string[];
}

/**
 * Bundles the functions and writes the stack as CloudFormation. The same sources
 * and settings give the same files, byte for byte; neither network nor AWS
 * account is needed. Throws ConfigError where a setting is wrong.
 */
export async function synthesize(options: SynthOptions): Promise<Synthesized> {
  const { folder, config = await writtenConfig() } = options;
  const functionsFolder = join(folder, 'functions');
  const assemblyFolder = join(folder, 'cdk');
  const functions = await buildFunctions({ outdir: functionsFolder });
  await rm(assemblyFolder, { recursive: true, force: true });
  voicemailApp({ config, functionsFolder, outdir: assemblyFolder }).synth();
  return synthesizedIn(folder, {
    stackName: stackNameOf(config),
    functions,
    warnings: settingWarnings(config),
  });
}

function synthesizedIn(
  folder: string,
  made: Pick<Synthesized, 'stackName' | 'functions' | 'warnings'>,
): Synthesized {
  const assemblyFolder = join(folder, 'cdk');
  return {
    ...made,
    assemblyFolder,
    templateFile: join(assemblyFolder, `${made.stackName}.template.json`),
    assetsFile: join(assemblyFolder, `${made.stackName}.assets.json`),
  };
}

/**
 * The stack as it is now, in a folder that nobody changes, and that is kept as long as this process
 * runs, whatever else is built in this checkout meanwhile. `isPublished`: `dist/cdk` and
 * `dist/functions` lead to it.
 */
export async function synthesizeKept({ isPublished = false } = {}): Promise<Synthesized> {
  const made = Promise.withResolvers<Synthesized>();
  const kept = await keepBuild(DIST, async (folder) => made.resolve(await synthesize({ folder })));
  if (isPublished) await publishBuild(DIST, kept);
  const synthesized = await made.promise;
  const functions = synthesized.functions.map(({ file, ...built }) => ({
    ...built,
    file: join(kept, 'functions', built.name, basename(file)),
  }));
  return synthesizedIn(kept, { ...synthesized, functions });
}

/** What `npm run synth` or `npm test` made last, kept as long as this process runs. Throws where there is none. */
export async function publishedStack(): Promise<{ assemblyFolder: string; functionsFolder: string }> {
  const assemblyFolder = await publishedFolder(DIST, 'cdk');
  if (assemblyFolder === undefined) throw new Error('no stack in dist/cdk: run `npm run synth` first');
  return { assemblyFolder, functionsFolder: join(assemblyFolder, '../functions') };
}

/** Loaded only now, so that a wrong setting can be told in words. */
async function writtenConfig(): Promise<VoicemailConfig> {
  return (await import('../voicemail.config.ts')).default;
}

/** On standard error, so that they are seen where the output is read by a machine. */
export function printWarnings(warnings: readonly string[]): void {
  for (const warning of warnings) console.error(`warning: ${warning}`);
}

async function main(): Promise<void> {
  try {
    const { functions, stackName, warnings } = await synthesizeKept({ isPublished: true });
    console.log(sizesOf(functions));
    console.log(`template: ${join('dist', 'cdk', `${stackName}.template.json`)}`);
    printWarnings(warnings);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();
