import type { JsonOperation } from '../../../gateway/protocols.ts';
import { DEFAULT_QUOTAS } from '../default-quotas.ts';
import { described, requireQuota } from '../input.ts';
import type { ServiceQuotasParts } from '../parts.ts';

/** GetAWSDefaultServiceQuota: what everybody gets. Source: Service Quotas API reference. */
export function getAwsDefaultServiceQuota({ account }: ServiceQuotasParts): JsonOperation {
  return {
    name: 'GetAWSDefaultServiceQuota',
    needs: () => [{ action: 'servicequotas:GetAWSDefaultServiceQuota', resource: '*' }],
    answer: (input) => ({ Quota: described(requireQuota(input, DEFAULT_QUOTAS), account) }),
  };
}
