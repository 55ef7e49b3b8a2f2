import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FunctionDeployment } from './stack-parts.ts';

const FOLDER = join(import.meta.dirname, '../functions');

/** Every function of the stack by the name of its bundle, in alphabetical order. */
export const DEPLOYMENTS: ReadonlyMap<string, FunctionDeployment> = new Map(
  await Promise.all(
    globSync('*.ts', { cwd: FOLDER })
      .toSorted()
      .map(async (file) => [basename(file, '.ts'), await deploymentIn(file)] as const),
  ),
);

async function deploymentIn(file: string): Promise<FunctionDeployment> {
  const loaded: { readonly deployment?: FunctionDeployment } = await import(
    pathToFileURL(join(FOLDER, file)).href
  );
  if (!loaded.deployment) throw new Error(`infra/functions/${file} must export \`deployment\``);
  return loaded.deployment;
}
