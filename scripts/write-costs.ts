import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withCosts } from './cost-tables.ts';

/** `node scripts/write-costs.ts`: after a change to what a voicemail costs, writes the tables of docs/costs.md again. */
const file = join(import.meta.dirname, '../docs/costs.md');
writeFileSync(file, withCosts(readFileSync(file, 'utf8')));
