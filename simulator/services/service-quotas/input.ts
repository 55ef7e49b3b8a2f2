import type { Account } from '../../account.ts';
import type { JsonObject } from '../../gateway/protocols.ts';
import { pageOf } from '../../page.ts';
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

const MOST = 100;

/**
 * The quotas of the service that the input names, in pages; of two of one code, the first one holds. Throws AwsError
 * NoSuchResourceException, IllegalArgumentException, InvalidPaginationTokenException.
 */
export function quotaPage(input: JsonObject, quotas: readonly Quota[], account: Account) {
  const { ServiceCode: service, MaxResults: size = MOST, NextToken: token } = input;
  const found = quotas.filter(
    ({ serviceCode, quotaCode }, index) =>
      serviceCode === service && quotas.findIndex((one) => one.quotaCode === quotaCode) === index,
  );
  if (found.length === 0) {
    const message = 'The request failed because the specified service does not exist.';
    throw new AwsError('NoSuchResourceException', 400, message);
  }
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > MOST) {
    throw new AwsError('IllegalArgumentException', 400, `MaxResults must be 1 to ${MOST}.`);
  }
  if (token !== undefined && typeof token !== 'string') throw invalidToken();
  const { items, nextToken } = pageOf(found, {
    of: `quotas ${String(service)}`,
    token,
    size,
    invalid: invalidToken,
  });
  return {
    Quotas: items.map((quota) => described(quota, account)),
    ...(nextToken !== undefined && { NextToken: nextToken }),
  };
}

function invalidToken(): AwsError {
  return new AwsError('InvalidPaginationTokenException', 400, 'Invalid pagination token.');
}
