import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { ProfileDomain } from '../../world/account-state.ts';

/** What the operations work on. */
export interface CustomerProfilesParts {
  readonly domains: readonly ProfileDomain[];
  readonly account: Account;
  readonly clock: Pick<Clock, 'now'>;
}
