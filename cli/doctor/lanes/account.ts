import type { Check } from '../check.ts';
import { deployerLacksPermission } from './account/deployer-lacks-permission.ts';
import { lambdaConcurrencyLow } from './account/lambda-concurrency-low.ts';
import { notBootstrapped } from './account/not-bootstrapped.ts';
import { otherAccount } from './account/other-account.ts';
import { quotaBelowDefault } from './account/quota-below-default.ts';
import { regionLacksService } from './account/region-lacks-service.ts';
import { sampleValues } from './account/sample-values.ts';

/** The AWS account: whose it is, and whether the stack can be deployed to it. */
export const accountChecks: readonly Check[] = [
  otherAccount,
  sampleValues,
  notBootstrapped,
  deployerLacksPermission,
  regionLacksService,
  lambdaConcurrencyLow,
  quotaBelowDefault,
];
