import type { Account } from '../../account.ts';
import { jsonService } from '../../gateway/protocols.ts';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import type { Service } from '../../service.ts';
import type { Quota } from '../../world/account-state.ts';
import { serviceQuotasOperations } from './operations.ts';

/**
 * Service Quotas, for the quotas that matter to an Amazon Connect instance with voicemail.
 *
 * Not simulated: requests for more, quotas of one resource alone, all other quotas.
 */
export function createServiceQuotas({
  quotas = [],
  account = LAPTOP_ACCOUNT,
}: {
  /** Those that differ from AWS's defaults. */
  quotas?: readonly Quota[];
  account?: Account;
}): { readonly service: Service } {
  return {
    service: jsonService({
      name: 'servicequotas',
      targetPrefix: 'ServiceQuotasV20190624',
      version: '1.1',
      operations: serviceQuotasOperations({ applied: quotas, account }),
    }),
  };
}
