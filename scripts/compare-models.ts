import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { compareFacts } from './compare-models/compare-facts.ts';
import { entryOf, readFacts } from './compare-models/read-facts.ts';

/**
 * `node scripts/compare-models.ts`: after packages of the SDK were updated, says what their models have that
 * the record beside it has not, and which entry of docs/amazon-connect.md rests on it. Exit code 1 if there is any
 * such thing. With `--write` it writes the record again.
 */
const file = join(import.meta.dirname, 'compare-models/record.json');
const { versions, facts } = readFacts();

if (process.argv.includes('--write')) {
  writeFileSync(file, `${JSON.stringify({ versions, facts }, null, 2)}\n`);
} else {
  const record = z.object({
    versions: z.record(z.string(), z.string()),
    facts: z.record(z.string(), z.array(z.string())),
  });
  const before = record.parse(JSON.parse(readFileSync(file, 'utf8')));
  const changes = compareFacts(before.facts, facts, entryOf);
  for (const [client, version] of Object.entries(versions)) {
    if (before.versions[client] !== version)
      console.log(`${client}: ${before.versions[client] ?? 'none'} to ${version}`);
  }
  for (const change of changes) console.log(change);
  console.log(changes.length === 0 ? 'The models are as recorded.' : 'Read these, then: --write');
  process.exitCode = changes.length === 0 ? 0 : 1;
}
