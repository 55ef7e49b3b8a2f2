import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS } from '../cli/doctor/checks.ts';
import { withChecks } from '../cli/doctor/checks-list.ts';

/** `node scripts/write-checks.ts`: after a check was added to `vmx doctor`, writes the list in docs/doctor.md again. */
const file = join(import.meta.dirname, '../docs/doctor.md');
writeFileSync(file, withChecks(readFileSync(file, 'utf8'), CHECKS));
