import type { Account } from '../../account.ts';
import type { EventBridgeEvent } from './event.ts';

/** What the operations work on. */
export interface EventBridgeParts {
  /** Sends an event to the default bus. */
  readonly put: (event: EventBridgeEvent) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly account: Account;
}
