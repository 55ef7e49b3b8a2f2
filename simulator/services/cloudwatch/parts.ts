import type { Account } from '../../account.ts';
import type { AlarmBoard } from './alarm-board.ts';
import type { MetricStore } from './metric-store.ts';

/** What the operations work on. */
export interface CloudwatchParts {
  readonly account: Account;
  readonly board: Pick<AlarmBoard, 'alarms' | 'composites'>;
  readonly store: MetricStore;
}
