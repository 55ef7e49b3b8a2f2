import { parseArgs } from 'node:util';
import { UsageError } from '../command.ts';
import { DEPLOY_OPTIONS, type DeployOptions, deployOptionsOf } from '../deploy/deploy-options.ts';

export interface UpgradeOptions extends DeployOptions {
  /** The name of the queue that gets the test voicemail. Absent: a person is asked. */
  readonly testQueue: string | undefined;
  /** No test voicemail is sent. */
  readonly isWithoutTest: boolean;
}

/** Throws parseArgs' own TypeError, and UsageError. */
export function parseUpgradeOptions(args: readonly string[]): UpgradeOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...DEPLOY_OPTIONS,
      'test-queue': { type: 'string' },
      'no-test': { type: 'boolean', default: false },
    },
  });
  if (values['no-test'] && values['test-queue'] !== undefined) {
    throw new UsageError('--test-queue and --no-test contradict each other');
  }
  return {
    ...deployOptionsOf(values),
    testQueue: values['test-queue'],
    isWithoutTest: values['no-test'],
  };
}
