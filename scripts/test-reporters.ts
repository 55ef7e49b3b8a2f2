import { join } from 'node:path';

/** Options of Node's test runner: what is shown, and that a hook that fails makes the run fail. */
export const TEST_REPORTERS: readonly string[] = [
  '--test-reporter=spec',
  '--test-reporter-destination=stdout',
  `--test-reporter=${join(import.meta.dirname, 'hook-failures.ts')}`,
  '--test-reporter-destination=stderr',
];
