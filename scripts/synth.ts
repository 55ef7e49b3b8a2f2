import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { stop } from 'esbuild';
import type { VoicemailConfig } from '../infra/config.ts';
import { settingWarnings } from '../infra/config-warnings.ts';
import { sampleValuesIn } from '../infra/settings/sample-values.ts';
import { SettingsError } from '../infra/settings/settings-error.ts';
import { deploymentNames, loadSettings, SAMPLE_FILE } from '../infra/settings/settings-file.ts';
import { type Assembly, assemblyIn } from '../infra/assembly.ts';
import { buildFunctions, type BuiltFunction, sizesOf } from './build.ts';
import { keptOr } from './kept-assembly.ts';
import { publishing } from './publishing.ts';
import { BUILT_FOLDER, createRunFolder } from './run-folder.ts';

const ROOT = join(import.meta.dirname, '..');

export interface SynthOptions {
  /** The folder in which `functions/` and `cdk/` are made; both are emptied first. */
  readonly folder: string;
  /** In place of the sample, `voicemail.config.ts`. */
  readonly config?: VoicemailConfig;
  /** Takes the template of an earlier run, if that was made from the same. For the laptop: what is deployed is made. */
  readonly mayBeKept?: boolean;
}

export interface Synthesized extends Assembly {
  readonly functions: readonly BuiltFunction[];
  /** Warnings about settings that can be deployed but may not be intended. */
  readonly warnings: readonly string[];
}

/**
 * Bundles the functions and writes the stack as CloudFormation. The same sources
 * and settings give the same files, byte for byte; neither network nor AWS
 * account is needed. Throws SettingsError if a setting of the sample is wrong.
 */
export async function synthesize(options: SynthOptions): Promise<Synthesized> {
  const { folder, mayBeKept = false } = options;
  const { config = (await loadSettings({ goesTo: 'laptop' })).config } = options;
  const functionsFolder = join(folder, 'functions');
  const assemblyFolder = join(folder, 'cdk');
  const functions = await buildFunctions({ outdir: functionsFolder });
  await rm(assemblyFolder, { recursive: true, force: true });
  const making = { config, functionsFolder, assemblyFolder };
  const make = async () => {
    // Loads the CDK.
    const { writeAssembly } = await import('../infra/write-assembly.ts');
    writeAssembly(making);
  };
  await (mayBeKept ? keptOr(making, make) : make());
  return { ...assemblyIn(assemblyFolder, config), functions, warnings: settingWarnings(config) };
}

/** The stack as it is now, in a folder of this process's own, which ends with it. */
export async function synthesizeForRun(): Promise<Synthesized> {
  const synthesized = await synthesize({ folder: createRunFolder(), mayBeKept: true });
  // The bundler's own process would stay, with all that it has read.
  await stop();
  return synthesized;
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

/** On standard error, so that they are seen where the output is read by a machine. */
export function printWarnings(warnings: readonly string[]): void {
  for (const warning of warnings) console.error(`warning: ${warning}`);
}

const USAGE = `npm run synth [-- --deployment NAME | --settings FILE]

  --deployment NAME  the deployment of deployments/NAME.config.ts
  --settings FILE    settings in another file
Without either: the sample settings in ${SAMPLE_FILE}, which cannot be deployed.`;

/**
 * `npm run synth`: into `dist/cdk` and `dist/functions`. With a folder as argument, into that one:
 * `npm test` does so.
 */
async function main(args: readonly string[]): Promise<void> {
  try {
    const { folder, deployment, file } = optionsIn(args);
    const isSample = deployment === undefined && file === undefined;
    const goesTo = isSample ? 'laptop' : 'account';
    const { config, warnings, file: shown } = await loadSettings({ goesTo, deployment, file });
    const { functions, stackName } = folder
      ? await synthesize({ folder, config })
      : await publishing(join(ROOT, 'dist'), (made) => synthesize({ folder: made, config }));
    console.log(sizesOf(functions));
    if (!folder) {
      console.log(`settings: ${shown}`);
      console.log(`template: ${join('dist', 'cdk', `${stackName}.template.json`)}`);
    }
    printWarnings(warnings);
    if (isSample && !folder) console.log(`\n${aboutSample(config)}`);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** Throws SettingsError for arguments that make no sense. */
function optionsIn(args: readonly string[]) {
  try {
    const options = { deployment: { type: 'string' }, settings: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    // npm runs scripts in the project's folder; files are named from where the person stands.
    const from = process.env['INIT_CWD'] ?? '.';
    const file = values.settings === undefined ? undefined : resolve(from, values.settings);
    return { folder: positionals[0], deployment: values.deployment, file };
  } catch (error) {
    // What follows the first sentence is for programmers.
    const [reason] = String(error instanceof Error ? error.message : error).split('. ');
    throw new SettingsError(`${reason}\n\n${USAGE}`, { cause: error });
  }
}

/** What is said when nobody named a deployment. */
function aboutSample(config: VoicemailConfig): string {
  const names = deploymentNames();
  const instead =
    names.length > 0
      ? `For a deployment: ${names.map((name) => `npm run synth -- --deployment ${name}`).join(', or ')}`
      : 'Settings of your own belong into deployments/<name>.config.ts: see docs/settings.md';
  return sampleValuesIn(config).length > 0
    ? `These are the sample settings of ${SAMPLE_FILE}, which cannot be deployed. ${instead}`
    : `The settings in ${SAMPLE_FILE} are for the simulator, and the next version may change that file. ${instead}`;
}

if (import.meta.main) await main(process.argv.slice(2));
