import type { Check } from '../check.ts';
import { functionCannotRun } from './stack/function-cannot-run.ts';
import { functionRuntimeDiffers } from './stack/function-runtime-differs.ts';
import { leftOverResources } from './stack/left-over-resources.ts';
import { linkUnreachable } from './stack/link-unreachable.ts';
import { noStack } from './stack/no-stack.ts';
import { retentionDiffers } from './stack/retention-differs.ts';
import { stackDrifted } from './stack/stack-drifted.ts';
import { stackOfAnotherInstance } from './stack/stack-of-another-instance.ts';
import { stackStuck } from './stack/stack-stuck.ts';
import { versionDiffers } from './stack/version-differs.ts';

/** The stack as it is deployed, and what earlier ones left. */
export const stackChecks: readonly Check[] = [
  noStack,
  stackOfAnotherInstance,
  stackStuck,
  versionDiffers,
  functionCannotRun,
  functionRuntimeDiffers,
  stackDrifted,
  linkUnreachable,
  retentionDiffers,
  leftOverResources,
];
