import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';

/** The folder of this copy of the project. */
export const PROJECT_FOLDER = join(import.meta.dirname, '..');

/** The file with the checksums of what runs and what is deployed. A checkout of the repository has none. */
export const CHECKSUMS_FILE = 'SHA256SUMS';

/** Whether npm has installed this copy from an archive. */
export const IS_INSTALLED = existsSync(join(PROJECT_FOLDER, CHECKSUMS_FILE));

/** The folder that has `deployments/`: the checkout itself, or the folder into which the archive was installed. */
export const HOME_FOLDER = IS_INSTALLED ? installedInto(PROJECT_FOLDER) : PROJECT_FOLDER;

/** From where a settings file imports `defineConfig`. In a checkout, the name of the package does as well. */
export const CONFIG_MODULE = IS_INSTALLED ? 'voicemail-express' : '../infra/config.ts';

/** npm writes package.json beside `node_modules`; without one it was installed for the whole machine. */
function installedInto(folder: string): string {
  const [into = folder] = folder.split(`${sep}node_modules${sep}`);
  return existsSync(join(into, 'package.json')) ? into : process.cwd();
}
