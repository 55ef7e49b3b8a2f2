import type { Account } from '../../account.ts';
import type { Quota } from '../../world/account-state.ts';

/** What the operations work on. */
export interface ServiceQuotasParts {
  /** Where AWS gives the account another value than everybody. */
  readonly applied: readonly Quota[];
  readonly account: Account;
}
