import { globSync } from 'node:fs';
import { join, parse } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { VoicemailConfig } from '../config.ts';
import type { FunctionDeployment } from './stack-parts.ts';

const FOLDER = join(import.meta.dirname, '../functions');

/** Every function of the stack by the name of its bundle, in alphabetical order. In an archive they are JavaScript. */
export const DEPLOYMENTS: ReadonlyMap<string, FunctionDeployment> = new Map(
  await Promise.all(
    globSync('*.{ts,js}', { cwd: FOLDER, exclude: ['*.d.ts'] })
      .toSorted()
      .map(async (file) => [parse(file).name, await deploymentIn(file)] as const),
  ),
);

/** Those of a stack with these settings. */
export function deploymentsOf(config: VoicemailConfig): ReadonlyMap<string, FunctionDeployment> {
  return new Map([...DEPLOYMENTS].filter(([, { isNeeded }]) => isNeeded?.(config) ?? true));
}

async function deploymentIn(file: string): Promise<FunctionDeployment> {
  const loaded: { readonly deployment?: FunctionDeployment } = await import(
    pathToFileURL(join(FOLDER, file)).href
  );
  if (!loaded.deployment) throw new Error(`infra/functions/${file} must export \`deployment\``);
  return loaded.deployment;
}
