import type { Clock } from '../../clock.ts';
import type { Charge } from '../../world/account-state.ts';

/** What the operations work on. */
export interface CostExplorerParts {
  readonly charges: readonly Charge[];
  readonly clock: Pick<Clock, 'now'>;
}
