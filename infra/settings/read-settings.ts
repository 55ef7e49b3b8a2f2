import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ConfigError, parseConfig, type VoicemailConfig } from '../config.ts';
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
  try {
    const { default: written } = await import(pathToFileURL(file).href);
    if (written === undefined)
      throw new SettingsError(`${shown}: it must have "export default defineConfig({ … })"`);
    return parseConfig(written);
  } catch (error) {
    throw inWords(error, file, shown);
  }
}

function inWords(error: unknown, file: string, shown: string): unknown {
  if (error instanceof SettingsError || !(error instanceof Error)) return error;
  if (error instanceof ConfigError) {
    const lines = [`${shown} does not say what can be deployed:`, ...error.problems];
    return new SettingsError(lines.join('\n  '), { cause: error });
  }
  const { path = file, line, code = '' } = placeOf(error);
  const where = [path === file ? shown : relative('.', path), line].filter(Boolean).join(':');
  const [reason = ''] = error.message.split('\n');
  const isLost = 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
  const advice = isLost ? `. ${FIRST_LINE}` : '';
  return new SettingsError(`${where}: ${reason}${advice}${code && `\n  ${code}`}`, { cause: error });
}

const FIRST_LINE = "A file in deployments/ begins with: import { defineConfig } from '../infra/config.ts';";

/**
 * Where an error is from. Over the stack of a syntax error Node.js writes file, line, and the line's code; of other
 * errors the stack has the place.
 */
function placeOf({ stack = '' }: Error): { path?: string; line?: string; code?: string } {
  const [, scheme = '', path = '', line, code] = /^(file:\/\/)?(\/.+):(\d+)\n(.*)/.exec(stack) ?? [];
  if (line !== undefined && code !== undefined)
    return { path: scheme ? fileURLToPath(scheme + path) : path, line, code: code.trim() };
  const [, url, at] = /(file:\/\/\S+?):(\d+):\d+/.exec(stack) ?? [];
  return url === undefined || at === undefined ? {} : { path: fileURLToPath(url), line: at };
}
