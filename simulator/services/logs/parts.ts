import type { Account } from '../../account.ts';
import type { LogStore } from './log-store.ts';

/** What the operations work on. */
export interface LogsParts {
  readonly account: Account;
  readonly store: LogStore;
}
