import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkedRegions, inWords, withRegions } from './region-check/checked-regions.ts';
import { openValidator } from './region-check/validator.ts';

/**
 * `node scripts/check-regions.ts [--write]`: holds the templates of each kind of deployment against CloudFormation's
 * resource schemas of every Region that has Amazon Connect. `--write`: with the table of docs/regions.md.
 * Exit code 1 if a Region would refuse something. Outside CI: Regions change without us.
 */
const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const folder = mkdtempSync(join(tmpdir(), 'voicemail-regions-'));
const validator = openValidator(folder);
try {
  const checked = checkedRegions(validator);
  console.log(inWords(checked));
  if (values.write) {
    const file = join(import.meta.dirname, '../docs/regions.md');
    writeFileSync(file, withRegions(readFileSync(file, 'utf8'), { checked, version: validator.version }));
  }
  process.exitCode = checked.some(({ findings }) => findings.length > 0) ? 1 : 0;
} finally {
  validator.close();
  rmSync(folder, { recursive: true });
}
