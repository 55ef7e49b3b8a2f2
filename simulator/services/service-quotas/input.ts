import type { Account } from '../../account.ts';
import type { JsonObject } from '../../gateway/protocols.ts';
import { AwsError } from '../../service.ts';
import type { Quota } from '../../world/account-state.ts';

/** The quota that the input names. Throws AwsError NoSuchResourceException. */
export function requireQuota({ ServiceCode, QuotaCode }: JsonObject, quotas: readonly Quota[]): Quota {
  const found = quotas.find((one) => one.serviceCode === ServiceCode && one.quotaCode === QuotaCode);
  if (found) return found;
  throw new AwsError(
    'NoSuchResourceException',
    400,
    'The request failed because the specified service quota does not exist.',
  );
}

/** A quota as Service Quotas describes it. */
export function described({ serviceCode, quotaCode, quotaName, value }: Quota, account: Account) {
  const { partition, region, id } = account;
  return {
    ServiceCode: serviceCode,
    QuotaCode: quotaCode,
    QuotaName: quotaName,
    QuotaArn: `arn:${partition}:servicequotas:${region}:${id}:${serviceCode}/${quotaCode}`,
    Value: value,
    Unit: 'None',
    Adjustable: true,
    GlobalQuota: false,
    QuotaAppliedAtLevel: 'ACCOUNT',
  };
}
