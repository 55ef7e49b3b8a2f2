import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { voicemailApp } from '../infra/app.ts';
import { ConfigError, stackNameOf, type VoicemailConfig } from '../infra/config.ts';
import { settingWarnings } from '../infra/config-warnings.ts';
import { buildFunctions, type BuiltFunction, sizesOf } from './build.ts';
import { publishing } from './publishing.ts';
import { BUILT_FOLDER, createRunFolder } from './run-folder.ts';

const ROOT = join(import.meta.dirname, '..');

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
  const stackName = stackNameOf(config);
  return {
    stackName,
    assemblyFolder,
    templateFile: join(assemblyFolder, `${stackName}.template.json`),
    assetsFile: join(assemblyFolder, `${stackName}.assets.json`),
    functions,
    warnings: settingWarnings(config),
  };
}

/** The stack as it is now, in a folder of this process's own, which ends with it. */
export function synthesizeForRun(): Promise<Synthesized> {
  return synthesize({ folder: createRunFolder() });
}

/**
 * For tests: the stack that `npm test` has built for all of its processes. A test or script that
 * is run without it builds for itself.
 */
export async function stackForTests(): Promise<{ assemblyFolder: string; functionsFolder: string }> {
  const built = process.env[BUILT_FOLDER];
  const assemblyFolder = built ? join(built, 'cdk') : (await synthesizeForRun()).assemblyFolder;
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

/**
 * `npm run synth`: into `dist/cdk` and `dist/functions`. With a folder as argument, into that one:
 * `npm test` does so.
 */
async function main(given: string | undefined): Promise<void> {
  try {
    const synthesized = given
      ? await synthesize({ folder: given })
      : await publishing(join(ROOT, 'dist'), (folder) => synthesize({ folder }));
    const { functions, stackName, warnings } = synthesized;
    console.log(sizesOf(functions));
    if (!given) console.log(`template: ${join('dist', 'cdk', `${stackName}.template.json`)}`);
    printWarnings(warnings);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (import.meta.main) await main(process.argv[2]);
