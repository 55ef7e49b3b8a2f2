import type { JsonOperation } from '../../../gateway/protocols.ts';
import { DEFAULT_QUOTAS } from '../default-quotas.ts';
import { quotaPage } from '../input.ts';
import type { ServiceQuotasParts } from '../parts.ts';

/** ListServiceQuotas: what holds for the account. Source: Service Quotas API reference. */
export function listServiceQuotas({ applied, account }: ServiceQuotasParts): JsonOperation {
  return {
    name: 'ListServiceQuotas',
    needs: () => [{ action: 'servicequotas:ListServiceQuotas', resource: '*' }],
    answer: (input) => quotaPage(input, [...applied, ...DEFAULT_QUOTAS], account),
  };
}
