import type { JsonOperation } from '../../../gateway/protocols.ts';
import { DEFAULT_QUOTAS } from '../default-quotas.ts';
import { described, requireQuota } from '../input.ts';
import type { ServiceQuotasParts } from '../parts.ts';

/** GetServiceQuota: what holds for the account. Source: Service Quotas API reference. */
export function getServiceQuota({ applied, account }: ServiceQuotasParts): JsonOperation {
  return {
    name: 'GetServiceQuota',
    needs: () => [{ action: 'servicequotas:GetServiceQuota', resource: '*' }],
    answer: (input) => ({ Quota: described(requireQuota(input, [...applied, ...DEFAULT_QUOTAS]), account) }),
  };
}
