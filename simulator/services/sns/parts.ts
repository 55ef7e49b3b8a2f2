import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { Topics } from './topics.ts';

/** What the operations work on. */
export interface SnsParts {
  readonly account: Account;
  readonly clock: Pick<Clock, 'now'>;
  readonly topics: Topics;
}
