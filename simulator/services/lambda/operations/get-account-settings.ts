import type { RestOperation } from '../../../gateway/protocols.ts';
import { concurrencyOf } from '../concurrency.ts';
import type { LambdaParts } from '../parts.ts';

/** Source: Lambda developer guide, "Lambda quotas", compute and storage. */
const CODE_LIMITS = {
  TotalCodeSize: 80_530_636_800,
  CodeSizeUnzipped: 262_144_000,
  CodeSizeZipped: 52_428_800,
};

/** GetAccountSettings: what may run at once, and how much of it no function has for itself. Source: Lambda API reference. */
export function getAccountSettings(parts: LambdaParts): RestOperation {
  return {
    name: 'GetAccountSettings',
    method: 'GET',
    path: '/2016-08-19/account-settings',
    needs: () => [{ action: 'lambda:GetAccountSettings', resource: '*' }],
    answer() {
      const { most, reserved } = concurrencyOf(parts);
      return {
        AccountLimit: {
          ...CODE_LIMITS,
          ConcurrentExecutions: most,
          UnreservedConcurrentExecutions: most - reserved,
        },
        AccountUsage: { TotalCodeSize: 0, FunctionCount: parts.describable().length },
      };
    },
  };
}
