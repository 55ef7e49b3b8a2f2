import { parseArgs } from 'node:util';
import { UsageError } from '../command.ts';
import { DEPLOY_OPTIONS, type DeployOptions, deployOptionsOf } from '../deploy/deploy-options.ts';

/** Throws parseArgs' own TypeError, and UsageError. */
export function parseUpgradeOptions(args: readonly string[]): DeployOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...DEPLOY_OPTIONS,
      // Its first name.
      'no-test': { type: 'boolean', default: false },
    },
  });
  if (values['no-test'] && values['test-queue'] !== undefined) {
    throw new UsageError('--test-queue and --no-test contradict each other');
  }
  const options = deployOptionsOf(values);
  return { ...options, isWithoutTest: options.isWithoutTest || values['no-test'] };
}
