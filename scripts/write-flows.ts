import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goldenFiles, withPictures } from '../flows/golden.ts';

/**
 * `node scripts/write-flows.ts`: after an intended change to a flow, writes the golden files and the
 * pictures in docs/flows.md again.
 */
const root = join(import.meta.dirname, '..');
const golden = join(root, 'flows/golden');
rmSync(golden, { recursive: true, force: true });
mkdirSync(golden, { recursive: true });
for (const [file, text] of goldenFiles()) writeFileSync(join(golden, file), text);
const pictures = join(root, 'docs/flows.md');
writeFileSync(pictures, withPictures(readFileSync(pictures, 'utf8')));
