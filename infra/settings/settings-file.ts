import { existsSync, readdirSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { join, relative, resolve } from 'node:path';
import { nearestOf } from '../../flows/lint/edit-distance.ts';
import { homeOf } from '../arns.ts';
import { stackNameOf, type VoicemailConfig } from '../config.ts';
import { settingWarnings } from '../config-warnings.ts';
import { HOME_FOLDER } from '../installation.ts';
import { readSettings } from './read-settings.ts';
import { sampleValuesIn } from './sample-values.ts';
import { SettingsError } from './settings-error.ts';

const FOLDER = 'deployments';
const ENDING = '.config.ts';
/** The settings of the simulated instance. A checkout has them; an archive has them for reading only. */
export const SAMPLE_FILE = 'voicemail.config.ts';

/** Where a command goes with settings: into an account of AWS, or to the simulator on this machine. */
export type Destination = 'account' | 'laptop';

export interface SettingsWish {
  readonly goesTo: Destination;
  /** `acme` for `deployments/acme.config.ts`. */
  readonly deployment?: string | undefined;
  /** Instead: any file, named from the working directory. */
  readonly file?: string | undefined;
  /** Whether `voicemail.config.ts` is taken where there is no deployment: up to version 0.2.0 it was edited. */
  readonly orSample?: boolean;
  /** For tests: the folder that has `deployments/` and the sample. */
  readonly root?: string;
}

export interface LoadedSettings {
  readonly config: VoicemailConfig;
  /** As messages name it: `deployments/acme.config.ts`. */
  readonly file: string;
  /** Where it is: absolute. */
  readonly path: string;
  /** `acme`; undefined for the sample and for a file that was named. */
  readonly deployment: string | undefined;
  /** What can be deployed, and may not be what was meant, in words. */
  readonly warnings: readonly string[];
}

/**
 * Finds, loads and checks the settings of a deployment.
 *
 * Which: the one that is named. Otherwise, on the laptop, the sample; for an account the only deployment there is.
 * Values of the sample are refused where they go into an account, as nobody's account has them.
 *
 * Throws SettingsError, which says what to do.
 */
export async function loadSettings(wish: SettingsWish): Promise<LoadedSettings> {
  const { goesTo, root = HOME_FOLDER } = wish;
  const { path, shown, deployment } = choose(wish, root);
  const config = await readSettings(path, shown);
  const samples = goesTo === 'account' ? sampleValuesIn(config) : [];
  if (samples.length > 0) throw new SettingsError(refusal(shown, samples));
  const others = deployment === undefined ? [] : await sameStackAs(config, deployment, root);
  return { config, file: shown, path, deployment, warnings: [...settingWarnings(config), ...others] };
}

/** The names of all deployments, in their order. */
export function deploymentNames(root = HOME_FOLDER): readonly string[] {
  const folder = join(root, FOLDER);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith(ENDING));
  return files.map((file) => file.slice(0, -ENDING.length)).toSorted();
}

/** `deployments/acme.config.ts`, from the folder that has `deployments/`. */
export function settingsFileOf(deployment: string): string {
  return `${FOLDER}/${deployment}${ENDING}`;
}

/** Where commands go that are sent to `endpoint`, or without one to `AWS_ENDPOINT_URL`. */
export function destinationOf(endpoint = process.env['AWS_ENDPOINT_URL']): Destination {
  const { hostname = '' } = URL.parse(endpoint ?? '') ?? {};
  const isLoopback =
    hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));
  return isLoopback ? 'laptop' : 'account';
}

/** Other deployments to the same stack: the one that is deployed later takes the place of the other. */
async function sameStackAs(
  config: VoicemailConfig,
  deployment: string,
  root: string,
): Promise<readonly string[]> {
  const others = deploymentNames(root).filter((name) => name !== deployment);
  const found = await Promise.all(
    others.map(async (name) => {
      const shown = settingsFileOf(name);
      const other = await readSettings(join(root, shown), shown).catch((error: unknown) => {
        // What is wrong with another deployment is said when that one is asked for.
        if (!(error instanceof SettingsError)) throw error;
      });
      return other && stackOf(other) === stackOf(config) ? [shown] : [];
    }),
  );
  return found
    .flat()
    .map(
      (shown) =>
        `stackName: ${shown} has the stack ${stackNameOf(config)} in this account and Region too; the one that is deployed last serves its instance, and the other's is no longer served`,
    );
}

function stackOf(config: VoicemailConfig): string {
  const { region, accountId } = homeOf(config.instanceArn);
  return [accountId, region, stackNameOf(config)].join(' ');
}

interface Chosen {
  readonly path: string;
  readonly shown: string;
  readonly deployment?: string;
}

function choose({ goesTo, deployment, file, orSample = false }: SettingsWish, root: string): Chosen {
  if (deployment !== undefined && file !== undefined)
    throw new SettingsError('--deployment or --settings, not both');
  if (file !== undefined) {
    const within = relative('.', file);
    return { path: resolve(file), shown: within.startsWith('..') ? resolve(file) : within };
  }
  if (deployment !== undefined) return named(deployment, root);
  const sample = { path: join(root, SAMPLE_FILE), shown: SAMPLE_FILE };
  const hasSample = existsSync(sample.path);
  if (goesTo === 'laptop' && hasSample) return sample;
  const [first, ...others] = deploymentNames(root);
  if (first !== undefined && others.length === 0) return named(first, root);
  if (first !== undefined)
    throw new SettingsError(`which of ${[first, ...others].join(', ')}? Say --deployment NAME`);
  if (orSample && hasSample) return sample;
  throw new SettingsError(`there is no deployment in ${root}: ${HOW_TO_MAKE_ONE}`);
}

function named(deployment: string, root: string): Chosen {
  const names = deploymentNames(root);
  const shown = settingsFileOf(deployment);
  if (names.includes(deployment)) return { path: join(root, shown), shown, deployment };
  if (names.length === 0)
    throw new SettingsError(`there is no ${shown}, and no other deployment: ${HOW_TO_MAKE_ONE}`);
  const plain = deployment.replace(/^.*\//, '').replace(/\.config(?:\.ts)?$|\.ts$/, '');
  const meant = nearestOf(plain, names);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  throw new SettingsError(`there is no deployment "${deployment}"; there are ${names.join(', ')}.${hint}`);
}

const HOW_TO_MAKE_ONE = `run npx vmx init, or copy ${SAMPLE_FILE} to ${settingsFileOf('<name>')} and write in what is yours`;

function refusal(shown: string, samples: readonly string[]): string {
  const advice =
    shown === SAMPLE_FILE
      ? HOW_TO_MAKE_ONE
      : 'write in what is yours. The sample is right in the simulator alone';
  return [`${shown} has values of the sample, which no account of yours has: ${advice}`, ...samples].join(
    '\n  ',
  );
}
