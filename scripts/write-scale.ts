import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withScale } from './scale-tables.ts';

/** `node scripts/write-scale.ts`: after a change to quotas or to what is reckoned, writes the tables of docs/scale.md. */
const file = join(import.meta.dirname, '../docs/scale.md');
writeFileSync(file, withScale(readFileSync(file, 'utf8')));
