import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { damagedFiles } from '../../infra/checksums.ts';
import type { VoicemailConfig } from '../../infra/config.ts';
import { CHECKSUMS_FILE, IS_INSTALLED, PROJECT_FOLDER } from '../../infra/installation.ts';
import { RefusedError } from '../command.ts';

/** In an archive: the bundles of the functions, as they were built when it was made. */
const FUNCTIONS = 'functions';

/**
 * Writes what the settings say as CloudFormation into an empty folder, and returns the folder of the assembly. A
 * checkout builds the functions first, an archive has them. Throws RefusedError if a file of the archive is damaged.
 */
export async function assemblyIn(folder: string, config: VoicemailConfig): Promise<string> {
  // Much to load where only the help is wanted. An archive has no compiler.
  if (!IS_INSTALLED) {
    return (await (await import('../../scripts/synth.ts')).synthesize({ folder, config })).assemblyFolder;
  }
  refuseDamaged();
  const { writeAssembly } = await import('../../infra/write-assembly.ts');
  const functionsFolder = join(PROJECT_FOLDER, FUNCTIONS);
  return writeAssembly({ config, functionsFolder, assemblyFolder: join(folder, 'cdk') }).assemblyFolder;
}

function refuseDamaged(): void {
  const lines = readFileSync(join(PROJECT_FOLDER, CHECKSUMS_FILE), 'utf8');
  const damaged = damagedFiles(PROJECT_FOLDER, lines, FUNCTIONS);
  if (damaged.length === 0) return;
  throw new RefusedError(
    `not as in the archive: ${damaged.join(', ')} in ${PROJECT_FOLDER}. Remove node_modules, and install the archive again`,
  );
}
