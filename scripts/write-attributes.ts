import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withAttributeTables } from './attribute-tables.ts';

/**
 * `node scripts/write-attributes.ts`: after a change to the table of contact attributes, in
 * `src/domain/contact-attributes.ts`, writes the tables of the documentation again.
 */
const docs = join(import.meta.dirname, '../docs');
for (const file of globSync('*.md', { cwd: docs })) {
  const path = join(docs, file);
  const document = readFileSync(path, 'utf8');
  const written = withAttributeTables(document);
  if (written !== document) writeFileSync(path, written);
}
