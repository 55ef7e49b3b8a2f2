import type { Account } from '../../account.ts';
import type { Key } from './key.ts';

/** What the operations work on. */
export interface KmsParts {
  readonly account: Account;
  readonly keys: readonly Key[];
  /** Epoch milliseconds. */
  readonly now: () => number;
}
