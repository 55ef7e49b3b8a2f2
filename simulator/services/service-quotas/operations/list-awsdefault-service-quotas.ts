import type { JsonOperation } from '../../../gateway/protocols.ts';
import { DEFAULT_QUOTAS } from '../default-quotas.ts';
import { quotaPage } from '../input.ts';
import type { ServiceQuotasParts } from '../parts.ts';

/** ListAWSDefaultServiceQuotas: what everybody gets. Source: Service Quotas API reference. */
export function listAwsDefaultServiceQuotas({ account }: ServiceQuotasParts): JsonOperation {
  return {
    name: 'ListAWSDefaultServiceQuotas',
    needs: () => [{ action: 'servicequotas:ListAWSDefaultServiceQuotas', resource: '*' }],
    answer: (input) => quotaPage(input, DEFAULT_QUOTAS, account),
  };
}
