import type { JsonOperation } from '../../gateway/protocols.ts';
import { getAwsDefaultServiceQuota } from './operations/get-awsdefault-service-quota.ts';
import { getServiceQuota } from './operations/get-service-quota.ts';
import { listAwsDefaultServiceQuotas } from './operations/list-awsdefault-service-quotas.ts';
import { listServiceQuotas } from './operations/list-service-quotas.ts';
import type { ServiceQuotasParts } from './parts.ts';

/** Everything that can be asked of Service Quotas over the wire. */
export function serviceQuotasOperations(parts: ServiceQuotasParts): readonly JsonOperation[] {
  return [
    getServiceQuota(parts),
    getAwsDefaultServiceQuota(parts),
    listServiceQuotas(parts),
    listAwsDefaultServiceQuotas(parts),
  ];
}
