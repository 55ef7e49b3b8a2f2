import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import { restJsonService } from '../../gateway/protocols.ts';
import type { Service } from '../../service.ts';
import type { ProfileDomain } from '../../world/account-state.ts';
import { customerProfilesOperations } from './operations.ts';

/**
 * Amazon Connect Customer Profiles: domains with profiles, as the world has them.
 *
 * Not simulated: making and changing domains and profiles, objects and their types, identity resolution, calculated
 * attributes, the time until a new profile is found, quotas.
 */
export function createCustomerProfiles({
  domains = [],
  account,
  clock,
}: {
  domains?: readonly ProfileDomain[];
  account: Account;
  clock: Pick<Clock, 'now'>;
}): { readonly service: Service } {
  const operations = customerProfilesOperations({ domains, account, clock });
  return { service: restJsonService({ name: 'profile', operations }) };
}
