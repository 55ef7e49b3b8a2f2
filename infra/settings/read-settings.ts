import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ConfigError, parseConfig, type VoicemailConfig } from '../config.ts';
import { CONFIG_MODULE } from '../installation.ts';
import { SettingsError } from './settings-error.ts';

/**
 * The settings that a file exports by default, checked. Throws SettingsError with the file's name, and the line of
 * what cannot be run.
 *
 * @param file   The path of a TypeScript or JavaScript module.
 * @param shown  What messages call it.
 */
export async function readSettings(file: string, shown: string): Promise<VoicemailConfig> {
  if (!existsSync(file)) throw new SettingsError(`there is no file ${shown}`);
  const written = await exportOf(file, shown);
  try {
    return parseConfig(written);
  } catch (error) {
    throw inWords(error, shown);
  }
}

async function exportOf(file: string, shown: string): Promise<unknown> {
  try {
    const { default: written } = await imported(file);
    if (written !== undefined) return written;
  } catch (error) {
    // `defineConfig` has checked the settings already.
    if (!(error instanceof Error) || error instanceof ConfigError) throw inWords(error, shown);
    const place = placeOf(error) ?? (error instanceof SyntaxError ? syntaxErrorIn(file) : undefined);
    // What is not from the file, or from one beside it, is an error of ours.
    if (place?.path.startsWith(dirname(file)) === false) throw error;
    throw cannotRun(error, place, { file, shown });
  }
  throw new SettingsError(`${shown}: it must have "export default defineConfig({ … })"`);
}

/**
 * Runs it as a module, whatever the package.json of its folder says: in the folder of an administrator that is one
 * that npm has written.
 */
async function imported(file: string): Promise<{ readonly default?: unknown }> {
  const folder = pathToFileURL(dirname(file) + sep).href;
  const hooks = registerHooks({
    load: (url, context, next) =>
      next(url, url.startsWith(folder) && url.endsWith('.ts') ? { ...context, format: TYPESCRIPT } : context),
  });
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    hooks.deregister();
  }
}

const TYPESCRIPT = 'module-typescript';

function inWords(error: unknown, shown: string): unknown {
  if (!(error instanceof ConfigError)) return error;
  const lines = [`${shown} does not say what can be deployed:`, ...error.problems];
  return new SettingsError(lines.join('\n  '), { cause: error });
}

function cannotRun(
  error: Error,
  place: Place | undefined,
  { file, shown }: { readonly file: string; readonly shown: string },
): SettingsError {
  const where = place && `${place.path === file ? shown : relative('.', place.path)}:${place.line}`;
  const code = place ? `\n  ${lineOf(place)}` : '';
  const [reason = ''] = error.message.split('\n');
  const isLost = 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
  const advice = isLost ? `. ${FIRST_LINE}` : '';
  return new SettingsError(`${where ?? shown}: ${reason}${advice}${code}`, { cause: error });
}

const FIRST_LINE = `A file in deployments/ begins with: import { defineConfig } from '${CONFIG_MODULE}';`;

interface Place {
  readonly path: string;
  /** The first is 1. */
  readonly line: number;
}

/** Where an error is from: Node.js writes it over the stack of most syntax errors, and into the stack of others. */
function placeOf({ stack = '' }: Pick<Error, 'stack'>): Place | undefined {
  const [, over = '', overLine] = /^((?:file:\/\/)?\/.+):(\d+)\n/.exec(stack) ?? [];
  const [, within = '', withinLine] = /(file:\/\/\S+?):(\d+):\d+/.exec(stack) ?? [];
  const [name, line] = overLine === undefined ? [within, withinLine] : [over, overLine];
  if (line === undefined) return undefined;
  return { path: name.startsWith('file:') ? fileURLToPath(name) : name, line: Number(line) };
}

/**
 * Of what only the engine sees, such as a name that is there twice, Node.js tells the place to no program, but prints
 * it where it ends by it. Nothing of such a file runs.
 */
function syntaxErrorIn(file: string): Place | undefined {
  return placeOf({ stack: spawnSync(process.execPath, [file], { encoding: 'utf8' }).stderr });
}

function lineOf({ path, line }: Place): string {
  return readFileSync(path, 'utf8').split('\n')[line - 1]?.trim() ?? '';
}
