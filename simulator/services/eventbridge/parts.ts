import type { Account } from '../../account.ts';
import type { EventBridgeEvent } from './event.ts';
import type { EventRule } from './rule.ts';

/** What the operations work on. */
export interface EventBridgeParts {
  /** Sends an event to the default bus. */
  readonly put: (event: EventBridgeEvent) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly account: Account;
  /** Epoch milliseconds: since when there is the default bus. */
  readonly startedMs: number;
  /** By name. */
  readonly rules: ReadonlyMap<string, EventRule>;
  /** Whether a rule does anything. */
  readonly isOn: (rule: EventRule) => boolean;
}
