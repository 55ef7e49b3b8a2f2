import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { voicemailApp } from '../infra/app.ts';
import { ConfigError, stackNameOf, type VoicemailConfig } from '../infra/config.ts';
import { buildFunctions, type BuiltFunction, sizesOf } from './build.ts';

const ROOT = join(import.meta.dirname, '..');

export interface SynthOptions {
  /** Where `functions/` and `cdk/` are made, both from nothing. */
  readonly folder?: string;
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
}

/**
 * Bundles the functions and writes the stack as CloudFormation. The same sources
 * and settings give the same files, byte for byte; neither network nor AWS
 * account is needed. Throws ConfigError where a setting is wrong.
 */
export async function synthesize(options: SynthOptions = {}): Promise<Synthesized> {
  const { folder = join(ROOT, 'dist'), config = await writtenConfig() } = options;
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
  };
}

/** Loaded only now, so that a wrong setting can be told in words. */
async function writtenConfig(): Promise<VoicemailConfig> {
  return (await import('../voicemail.config.ts')).default;
}

async function main(): Promise<void> {
  try {
    const { functions, templateFile } = await synthesize();
    console.log(sizesOf(functions));
    console.log(`template: ${relative(process.cwd(), templateFile)}`);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();
